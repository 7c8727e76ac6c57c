package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeOptionsTest {
  @TempDir Path temp;
  private Path home;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    home = temp.resolve("home");
    file = Files.writeString(temp.resolve("file.txt"), "text");
  }

  @Test
  void standAfterTheCommand() {
    assertThat(Cli.bare("add", file, "--home", home).code()).isZero();
    assertThat(home.resolve("format")).exists();
  }

  @Test
  void standBeforeTheCommand() {
    assertThat(Cli.bare("--home", home, "add", file).code()).isZero();
    assertThat(home.resolve("format")).exists();
    assertThat(Cli.bare("--home=" + home, "pins").out()).contains("add file.txt");
  }

  @Test
  void standBeforeACommandOfAGroup() throws IOException {
    Path input = SmallInput.write(temp.resolve("input"), 0);
    Path other = temp.resolve("other");
    Cli.Outcome first = Cli.bare("--home", home, "embed", "caselaw", "--input", input);
    assertThat(first.code()).isEqualTo(ExitCode.INPUT_FAILED);
    assertThat(home.resolve("format")).exists();
    Cli.Outcome second = Cli.bare("embed", "--home", other, "caselaw", "--input", input);
    assertThat(second.code()).isEqualTo(ExitCode.INPUT_FAILED);
    assertThat(other.resolve("format")).exists();
  }

  @Test
  void countAtTheNearestCommand() {
    Path other = temp.resolve("other");
    assertThat(Cli.bare("--home", other, "add", file, "--home", home).code()).isZero();
    assertThat(home).exists();
    assertThat(other).doesNotExist();
  }

  @Test
  void tellTheStoreWithItsReason() throws IOException {
    JsonNode status = Cli.bare("--store", "local", "--home", home, "status", "--json").object();
    assertThat(status.path("mode").asText()).isEqualTo("local");
    assertThat(status.path("reason").asText()).isEqualTo("--store local");
    Object[] nobody = {"--store", "kubo", "--kubo-api", "http://127.0.0.1:1", "status"};
    assertThat(Cli.bare(nobody).code()).isEqualTo(ExitCode.STORAGE);
  }
}
