package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as processes: signals, and a standard output that nobody reads or that is full. */
class ProcessTest {
  /** What takes a second or more to write. */
  private static final long LARGE_BYTES = 3L << 30;

  @TempDir Path temp;
  private Path errors;
  private Path out;
  private String cid = "";

  @BeforeEach
  void add() throws IOException {
    errors = temp.resolve("errors");
    out = Files.createDirectory(temp.resolve("out"));
    Path zeros = temp.resolve("zeros");
    try (RandomAccessFile file = new RandomAccessFile(zeros.toFile(), "rw")) {
      file.setLength(LARGE_BYTES);
    }
    cid = new Cli(temp.resolve("home")).run("add", "--json", zeros).object().path("cid").asText();
    Files.delete(zeros);
  }

  private ProcessBuilder command(Object... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                Cairn.class.getName()));
    Stream.of(words).map(String::valueOf).forEach(command::add);
    command.addAll(List.of("--store", "local", "--home", temp.resolve("home").toString()));
    return new ProcessBuilder(command).redirectError(errors.toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "export"})
  void whatIsStoppedLeavesNothingHalfDone(String name) throws Exception {
    Process process = command(name, cid, "-o", out.resolve("target")).start();
    try {
      while (process.isAlive() && isEmpty(out)) {
        Thread.sleep(5);
      }
      process.destroy();
      assertThat(process.onExit().join().exitValue()).isEqualTo(143);
      assertThat(out).isEmptyDirectory();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  @Test
  void whoeverHasReadEnoughIsNoFailure() throws IOException {
    Process process = command("cat", cid).start();
    try {
      assertThat(process.getInputStream().read()).isZero();
      process.getInputStream().close();
      assertThat(process.onExit().join().exitValue()).isZero();
      assertThat(said()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cat", "ls"})
  void aFullOutputIsNamed(String name) throws IOException {
    File full = new File("/dev/full");
    Assumptions.assumeTrue(full.exists(), "only Linux has /dev/full");
    Process process = command(name, cid).redirectOutput(full).start();
    try {
      assertThat(process.onExit().join().exitValue()).isEqualTo(ExitCode.STORAGE);
      assertThat(said()).contains("cairn: Cannot write output: ", "(standard output)");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Without what the logger of the tests says of itself. */
  private String said() throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line : Files.readAllLines(errors, StandardCharsets.UTF_8)) {
      if (!line.startsWith("SLF4J")) {
        said.append(line).append('\n');
      }
    }
    return said.toString();
  }
}
