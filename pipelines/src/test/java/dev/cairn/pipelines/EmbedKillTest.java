package dev.cairn.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.store.Actions;
import dev.cairn.io.store.LocalStore;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Embedding runs as processes that are killed at seeded moments and started again: no shard that
 * was finished is computed twice. {@code -Dcairn.embed.kills=100} makes it a proof.
 */
@ExtendWith(ModelLease.class)
class EmbedKillTest {
  private static final int KILLS = Integer.getInteger("cairn.embed.kills", 3);
  private static final int SEED = Integer.getInteger("cairn.embed.seed", 31);
  private static final int CASES = 28;
  private static final int MAX_MORE_MILLIS = 150;
  private static final String SHARD = ShardReceipt.action("");
  private static final List<String> WORDS =
      List.of("writ", "court", "holds", "void", "issue", "must", "law", "appeal", "party");

  /** What one undisturbed run makes and computes. */
  private record Whole(@Nullable String dataset, long tokens, int shards) {
    static Whole of(RunReport report) {
      return new Whole(report.dataset(), report.embeddedTokens(), report.shards().computed());
    }
  }

  @TempDir private Path temp;
  private final Random random = new Random(SEED);
  private final Map<String, Integer> moments = new TreeMap<>();
  private long millis;
  private Path yesterday = Path.of(".");
  private Path today = Path.of(".");
  private Path home = Path.of(".");

  /** One run: home, input. */
  public static void main(String[] arguments) throws IOException {
    Runs.of(Path.of(arguments[0]), Path.of(arguments[1])).run();
  }

  @BeforeEach
  void writeInputs() throws IOException {
    home = temp.resolve("home");
    yesterday = Files.createDirectory(temp.resolve("yesterday"));
    today = Files.createDirectory(temp.resolve("today"));
    for (int id = 1; id <= CASES; id++) {
      String name = id + ".json";
      String text = text();
      Cases.add(yesterday, id, name, text);
      switch (random.nextInt(8)) {
        case 0 -> Cases.add(today, CASES + id, name, text()); // deleted, and another added
        case 1, 2 -> Cases.add(today, id, name, text + " " + text());
        case 3 -> Cases.add(today, id, "moved" + name, text);
        default -> Cases.add(today, id, name, text);
      }
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 15 + random.nextInt(50); i > 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
    }
    return text.toString().strip();
  }

  @Test
  void noShardThatWasFinishedIsComputedAgain() throws Exception {
    long start = System.nanoTime();
    assertThat(start(yesterday).waitFor()).isZero();
    millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    Whole next = Whole.of(Runs.of(home, today).run());
    OutputFolder.delete(home);
    Whole first = Whole.of(Runs.of(home, yesterday).run());
    OutputFolder.delete(home);
    assertThat(next.tokens()).isPositive().isLessThan(first.tokens());
    for (int kill = 0; kill < KILLS; kill++) {
      boolean timed = kill / 2 % 2 == 1;
      if (kill % 2 == 0) {
        kill("first run", yesterday, first, timed);
      } else {
        Runs.of(home, yesterday).run();
        kill("next run", today, next, timed);
      }
      OutputFolder.delete(home);
    }
    System.out.println("Killed: " + moments);
  }

  private void kill(String run, Path input, Whole whole, boolean timed) throws Exception {
    Runs runs = Runs.of(home, input);
    Map<String, Long> before = finished();
    String commit = String.valueOf(runs.commit());
    Process process = start(input);
    if (timed) {
      process.waitFor(random.nextLong(millis), TimeUnit.MILLISECONDS);
    } else {
      int shards = before.size() + random.nextInt(whole.shards() + 1);
      int more = random.nextInt(MAX_MORE_MILLIS);
      while (process.isAlive() && files() < shards) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      process.waitFor(more, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    Map<String, Long> computed = finished();
    computed.keySet().removeAll(before.keySet());
    boolean committed = !String.valueOf(runs.commit()).equals(commit);
    moments.merge(run + moment(computed.size(), whole.shards(), committed), 1, Integer::sum);

    RunReport resumed = runs.run();
    assertThat(resumed.dataset()).isEqualTo(whole.dataset());
    assertThat(sum(computed) + resumed.embeddedTokens()).isEqualTo(whole.tokens());
    assertThat(computed.size() + resumed.shards().computed()).isEqualTo(whole.shards());
    try (LocalStore store = LocalStore.open(home)) {
      assertThat(store.verify().all().isClean()).isTrue();
    }
  }

  private static String moment(int computed, int all, boolean committed) {
    if (committed) {
      return " after the commit";
    }
    return computed == 0 ? " before a shard" : computed < all ? " amid shards" : " after shards";
  }

  /** Tokens that were embedded by finished shard. */
  private Map<String, Long> finished() throws IOException {
    Map<String, Long> tokens = new TreeMap<>();
    try (LocalStore store = LocalStore.open(home)) {
      Actions actions = store.actions();
      for (String action : actions.keys()) {
        if (action.startsWith(SHARD)) {
          String json = actions.get(action).orElseThrow();
          tokens.put(action, ShardReceipt.fromJson(action, json).getEmbeddedTokens());
        }
      }
    }
    return tokens;
  }

  /** As many as {@link #finished}, at less cost. */
  private int files() {
    String[] files =
        home.resolve("actions").toFile().list((folder, name) -> name.startsWith(SHARD));
    return files == null ? 0 : files.length;
  }

  private static long sum(Map<String, Long> tokens) {
    return tokens.values().stream().mapToLong(n -> n).sum();
  }

  private Process start(Path input) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "-Djava.io.tmpdir=" + Files.createDirectories(home.resolveSibling("tmp")),
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            EmbedKillTest.class.getName(),
            home.toString(),
            input.toString())
        .inheritIO()
        .start();
  }
}
