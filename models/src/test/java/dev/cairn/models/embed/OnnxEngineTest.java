package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxEngineTest {
  @TempDir Path temp;

  @Test
  void startsAgain() throws IOException {
    OnnxEngine.start();
    OnnxEngine.start();
    assertThat(ai.djl.engine.Engine.getAllEngines()).contains(OnnxEngine.NAME);
  }

  /** Words of a command line may have up to 128 KiB on Linux. */
  @ParameterizedTest
  @ValueSource(ints = {10, 4_000, 120_000})
  void startsInAProcessWithALongCommandLine(int length) throws IOException {
    Path said = temp.resolve("said");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xss1m",
                "-cp",
                System.getProperty("java.class.path"),
                Starter.class.getName(),
                "x".repeat(length))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    try {
      int code = process.onExit().join().exitValue();
      assertThat(code).as(Files.readString(said)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** What runs in the process. */
  static final class Starter {
    private Starter() {}

    public static void main(String[] arguments) throws IOException {
      OnnxEngine.start();
    }
  }
}
