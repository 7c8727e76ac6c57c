package dev.cairn.runners.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a script can tell from the exit code (cli.md). */
class ExitCodeTest {
  private static final String ABSENT =
      "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

  @TempDir Path temp;
  private Path input;
  private Cli cli;

  @BeforeEach
  void write() throws IOException {
    input = SmallInput.write(temp.resolve("input"), 2);
    cli = new Cli(temp.resolve("home"));
  }

  /** An unset variable of a script is not the current folder. */
  @Test
  void isTwoForAnEmptyPath() {
    assertThat(cli.run("add", "").code()).isEqualTo(2);
    assertThat(cli.run("get", ABSENT, "-o", "").code()).isEqualTo(2);
    assertThat(cli.run("export", ABSENT, "-o", "").code()).isEqualTo(2);
    assertThat(cli.run("embed", "caselaw", "--input", "").code()).isEqualTo(2);
    assertThat(embed("--output-dir", "").code()).isEqualTo(2);
    assertThat(Cli.bare("--home", "", "pins").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--ref Upper",
        "--ref bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy",
        "--max-tokens 513",
        "--max-tokens 15",
        "--max-tokens many",
        "--overlap -1",
        "--overlap 129",
        "--context body",
        "--shard-records 0",
        "--shard-records 1000001",
        "--parallelism 0",
        "--max-failed 101%",
        "--max-failed x",
        "--runner spark",
        "--no-such-flag"
      })
  void isTwoForAFlagThatCannotBe(String flag) {
    Cli.Outcome outcome = embed((Object[]) flag.split(" ", -1));
    assertThat(outcome.code()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).contains(flag.split(" ", -1)[0]);
    assertThat(temp.resolve("home")).doesNotExist();
  }

  @Test
  void isTwoForWordsThatAreNoCommand() {
    assertThat(Cli.bare().code()).isEqualTo(2);
    assertThat(Cli.bare("embed").code()).isEqualTo(2);
    assertThat(Cli.bare("emded").code()).isEqualTo(2);
    assertThat(cli.run("embed", "caselaw").err()).contains("--input");
    assertThat(cli.run("add", temp.resolve("none")).code()).isEqualTo(2);
    assertThat(embed("--model", "hf://nobody/none").code()).isEqualTo(2);
    assertThat(cli.run("verify", "--sample", "3").code()).isEqualTo(2);
  }

  @Test
  void isTwoForInputAndOutputThatCannotBe() throws IOException {
    Path same = SmallInput.write(temp.resolve("deep").resolve("input"), 1);
    assertThat(embed("--input", same).code()).isEqualTo(2);
    assertThat(embed("--output-dir", temp).code()).isEqualTo(2);
    assertThat(embed("--output-dir", temp).err()).contains("--output-dir");
  }

  @Test
  void isThreeForAnInputThatFails() throws IOException {
    Files.writeString(input.resolve("broken.json"), "{");
    Cli.Outcome outcome = embed();
    assertThat(outcome.code()).isEqualTo(3);
    assertThat(outcome.err()).contains("--max-failed 5%");
    assertThat(outcome.out()).isEmpty();
    assertThat(cli.run("refs").out()).isEmpty();
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertThat(cli.run("embed", "caselaw", "--input", empty).code()).isEqualTo(3);
  }

  @Test
  void isFourForDamage() throws IOException {
    assertThat(cli.run("add", input).code()).isZero();
    Path pack = onlyPack();
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length / 2] ^= 1;
    Files.write(pack, bytes);
    Cli.Outcome outcome = cli.run("verify", "--json");
    assertThat(outcome.code()).isEqualTo(4);
    assertThat(outcome.object().path("corrupt").size() + outcome.object().path("missing").size())
        .isPositive();
    Path car = Files.write(temp.resolve("bad.car"), new byte[] {5, 1, 2, 3});
    assertThat(cli.run("import", car).code()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls no-such-ref",
        "log no-such-ref",
        "ls " + ABSENT,
        "cat " + ABSENT,
        "get " + ABSENT + " -o out",
        "show no-such-ref",
        "verify " + ABSENT,
        "pin no-such-ref",
        "unpin " + ABSENT,
        "export " + ABSENT + " -o x.car",
        "embed caselaw --input no-such-input",
        "embed caselaw --input " + ABSENT,
        "ls ipfs://not-a-cid"
      })
  void isFiveForATargetThatIsNot(String words) {
    Cli.Outcome outcome = cli.run((Object[]) words.split(" ", -1));
    assertThat(outcome.code()).isEqualTo(5);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).startsWith("cairn: Cannot ");
  }

  @Test
  void isSixForAHomeThatCannotBe() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "in the way");
    Cli.Outcome outcome = Cli.bare("add", input, "--home", file.resolve("home"));
    assertThat(outcome.code()).isEqualTo(6);
    assertThat(outcome.err()).contains(file.toString());
  }

  @Test
  void isSevenForARefThatMoved() {
    CommandLine command = new CommandLine(new LateCommit(temp.resolve("home")));
    command.setExecutionExceptionHandler(new Failures());
    Cli.Outcome outcome = Cli.execute(command);
    assertThat(outcome.code()).isEqualTo(7);
    assertThat(outcome.err()).contains("caselaw");
  }

  @Test
  void isOneForABugWithItsTrace() {
    CommandLine command = new CommandLine(new Bug());
    command.setExecutionExceptionHandler(new Failures());
    Cli.Outcome outcome = Cli.execute(command);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).contains("please report it", "IllegalStateException");
  }

  private Cli.Outcome embed(Object... flags) {
    Stream<Object> words = Stream.of("embed", "caselaw", "--input", input);
    return cli.run(Stream.concat(words, Stream.of(flags)).toArray());
  }

  private Path onlyPack() throws IOException {
    try (Stream<Path> packs = Files.list(temp.resolve("home").resolve("packs"))) {
      return packs.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Command(name = "bug")
  static final class Bug implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("impossible");
    }
  }

  /** Moves a ref as if it were still unset, as a run does that was overtaken. */
  @Command(name = "late")
  static final class LateCommit implements Callable<Integer> {
    private final Path home;

    LateCommit(Path home) {
      this.home = home;
    }

    @Override
    public Integer call() throws IOException {
      try (LocalStore store = LocalStore.open(home)) {
        for (int second = 0; second < 2; second++) {
          Instant time = Instant.ofEpochSecond(second);
          Commit commit = Commit.of(Cid.parse(ABSENT), null, time, "test", Map.of());
          try (var writer = store.newWriter()) {
            writer.put(commit.toBlock());
            writer.seal();
          }
          store.refs().move("caselaw", null, commit.toBlock().cid());
        }
      }
      return 0;
    }
  }
}
