package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class NumericsKeyTest {

  private static final ModelSpec SPEC =
      ModelRef.parse("builtin:all-MiniLM-L6-v2").pinned().orElseThrow();

  @Test
  @EnabledOnOs(OS.LINUX)
  void keyIsStableOnOneMachine() throws IOException {
    assertThat(NumericsKey.of(SPEC)).isPresent().isEqualTo(NumericsKey.of(SPEC));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void keyFollowsTheModelsBytes() throws IOException {
    ModelSpec other =
        new ModelSpec("0".repeat(64), SPEC.tokenizer(), "mean", "l2", "", "", "fp32", 384, 512, "");

    assertThat(NumericsKey.of(other)).isPresent().isNotEqualTo(NumericsKey.of(SPEC));
  }

  @Test
  void nativeLibraryOfUnknownOriginHasNoKey() throws IOException {
    System.setProperty("onnxruntime.native.onnxruntime.path", "/some/where/libonnxruntime.so");
    try {
      assertThat(NumericsKey.of(SPEC)).isEmpty();
    } finally {
      System.clearProperty("onnxruntime.native.onnxruntime.path");
    }
  }
}
