package dev.cairn.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {

  private static final ModelRef REF = ModelRef.parse("builtin:all-MiniLM-L6-v2");

  @TempDir Path cache;

  @Test
  void filesLieUnderTheDigestOfTheWeightsWithThePinnedBytes() throws IOException {
    ModelFiles files = ModelFiles.of(REF, cache);

    Path folder = cache.resolve("models").resolve(REF.pinned().orElseThrow().weights());
    assertThat(files.weights()).isEqualTo(folder.resolve("model.onnx"));
    assertThat(files.tokenizer()).isEqualTo(folder.resolve("tokenizer.json"));
    assertThat(Sha256.ofFile(files.weights())).isEqualTo(REF.pinned().orElseThrow().weights());
    assertThat(Sha256.ofFile(files.tokenizer())).isEqualTo(REF.pinned().orElseThrow().tokenizer());
    assertThat(names(folder)).containsExactly("model.onnx", "tokenizer.json");
  }

  @Test
  void wholeFilesAreLeftAlone() throws IOException {
    ModelFiles first = ModelFiles.of(REF, cache);
    Object weights = fileKey(first.weights());
    Object tokenizer = fileKey(first.tokenizer());

    ModelFiles second = ModelFiles.of(REF, cache);

    assertThat(fileKey(second.weights())).isEqualTo(weights);
    assertThat(fileKey(second.tokenizer())).isEqualTo(tokenizer);
  }

  @Test
  void damagedFilesAreWrittenAgain() throws IOException {
    ModelFiles files = ModelFiles.of(REF, cache);
    try (RandomAccessFile weights = new RandomAccessFile(files.weights().toFile(), "rw")) {
      weights.seek(45_000_000);
      int old = weights.read();
      weights.seek(45_000_000);
      weights.write(old ^ 1);
    }
    Files.write(files.tokenizer(), new byte[] {'{', '}'});

    ModelFiles.of(REF, cache);

    assertThat(Sha256.ofFile(files.weights())).isEqualTo(REF.pinned().orElseThrow().weights());
    assertThat(Sha256.ofFile(files.tokenizer())).isEqualTo(REF.pinned().orElseThrow().tokenizer());
  }

  @Test
  void linkInPlaceOfAFileIsReplacedNotFollowed(@TempDir Path elsewhere) throws IOException {
    ModelFiles files = ModelFiles.of(REF, cache);
    Path moved = Files.move(files.tokenizer(), elsewhere.resolve("moved.json"));
    Files.createSymbolicLink(files.tokenizer(), moved);

    ModelFiles.of(REF, cache);

    assertThat(Files.isSymbolicLink(files.tokenizer())).isFalse();
    assertThat(moved).exists();
  }

  @Test
  void racingCallersAllEndWithWholeFiles() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<ModelFiles>> calls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        calls.add(() -> ModelFiles.of(REF, cache));
      }
      for (Future<ModelFiles> files : threads.invokeAll(calls)) {
        assertThat(Sha256.ofFile(files.get().weights()))
            .isEqualTo(REF.pinned().orElseThrow().weights());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(names(cache.resolve("models").resolve(REF.pinned().orElseThrow().weights())))
        .containsExactly("model.onnx", "tokenizer.json");
  }

  @Test
  void resourceWithOtherBytesThanPinnedIsRefused() {
    PinnedFile wrong =
        new PinnedFile("a.json", "/all-minilm-l6-v2-tokenizer.json", 5, "0".repeat(64));

    assertThatThrownBy(() -> wrong.ensureIn(cache))
        .isInstanceOf(ModelFilesException.class)
        .hasMessageContaining(REF.pinned().orElseThrow().tokenizer());
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void missingResourceIsRefused() {
    PinnedFile missing = new PinnedFile("a.onnx", "/no-such-model.onnx", 5, "0".repeat(64));

    assertThatThrownBy(() -> missing.ensureIn(cache))
        .isInstanceOf(ModelFilesException.class)
        .hasMessage("Cannot find model file: /no-such-model.onnx (expected on the class path)");
    assertThat(cache).isEmptyDirectory();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static Object fileKey(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }
}
