package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cairn bench store} by the command line; without {@code ipfs}, also where there is one. */
class BenchStoreCommandTest {
  private static final String[] SMALL = {"--bytes", "2000000", "--files", "30", "--rounds", "1"};

  @TempDir Path temp;

  @Test
  void printsFiguresAndLeavesNothing() throws IOException {
    JsonNode figures = bench("--json").object();
    assertThat(figures.path("bytes").asLong()).isEqualTo(2_000_000);
    for (String name :
        new String[] {
          "add_mb_per_second",
          "get_mb_per_second",
          "cat_mb_per_second",
          "verify_mb_per_second",
          "hash_mb_per_second",
          "copy_mb_per_second",
          "plain_copy_mb_per_second",
          "small_files_per_second",
          "small_get_files_per_second",
          "add_ratio",
          "get_ratio",
          "cat_ratio",
          "verify_ratio"
        }) {
      assertThat(figures.path(name).asDouble()).as(name).isPositive();
    }
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void saysTheSameInWords() {
    assertThat(bench().out())
        .startsWith("2000000 bytes: hash ")
        .contains("of durable copy and hash", "30 small files: add ");
  }

  @Test
  void refusesWhatIsNoFolderAndNoLoad() {
    assertThat(Cli.bare("bench", "store", "--dir", temp.resolve("none")).code())
        .isEqualTo(ExitCode.USAGE);
    Cli.Outcome outcome = Cli.bare("bench", "store", "--dir", temp, "--rounds", "0");
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).contains("Cannot use --rounds: 0 (at least 1)");
  }

  @Test
  void findsIpfsByItsVariableElseOnThePath() throws IOException {
    Path folder = Files.createDirectory(temp.resolve("bin"));
    Path program = Files.createFile(folder.resolve("ipfs"));
    assertThat(BenchStoreCommand.findIpfs(Map.of("PATH", folder.toString()))).isNull();
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    String path = temp + ":" + folder;
    assertThat(BenchStoreCommand.findIpfs(Map.of("PATH", path))).isEqualTo(program);
    assertThat(BenchStoreCommand.findIpfs(Map.of("CAIRN_IPFS", program.toString())))
        .isEqualTo(program);
    assertThat(BenchStoreCommand.findIpfs(Map.of("CAIRN_IPFS", "", "PATH", ""))).isNull();
    Map<String, String> wrong = Map.of("CAIRN_IPFS", folder + "/none", "PATH", path);
    assertThatThrownBy(() -> BenchStoreCommand.findIpfs(wrong))
        .isInstanceOf(UsageException.class)
        .hasMessage("Cannot use CAIRN_IPFS: " + folder + "/none (a program)");
  }

  private Cli.Outcome bench(Object... more) {
    List<Object> words = new ArrayList<>(List.of("bench", "store", "--dir", temp));
    words.addAll(List.of(SMALL));
    words.addAll(List.of(more));
    Cli.Outcome outcome = Cli.bare(words.toArray());
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }
}
