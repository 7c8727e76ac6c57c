package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What processes promise on a real disk, killed and beside each other. How much is set by system
 * properties: {@code cairn.proof.kills}, {@code cairn.proof.seconds}, {@code cairn.proof.races},
 * {@code cairn.proof.seed}.
 */
@Tag("proof")
class ProcessProof {
  private static final long SEED = Long.getLong("cairn.proof.seed", 1);
  private static final int WRITERS = 10;

  @TempDir Path folder;
  private final List<Child> children = new ArrayList<>();
  private Path home;

  @BeforeEach
  void nameHome() {
    home = folder.resolve("home");
  }

  @AfterEach
  void endChildren() throws Exception {
    for (Child child : children) {
      child.kill();
    }
  }

  @Test
  void whatWasAcknowledgedOutlivesKills() throws Exception {
    int kills = Integer.getInteger("cairn.proof.kills", 5);
    Random random = new Random(SEED);
    Promises promises = new Promises();
    for (int round = 0; round < kills; round++) {
      List<Child> now = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(2); i++) {
        now.add(start("work", "ref-" + i, random.nextLong()));
      }
      for (Child child : now) {
        child.awaitLine("START");
      }
      Thread.sleep(random.nextInt(1500));
      for (Child child : now) {
        child.kill();
        promises.take(child);
      }
      promises.check("seed " + SEED + " round " + round);
    }
    promises.settle();
    System.out.printf(
        "kills %d: %d pins and %d moves acknowledged, %d gc%n",
        kills, promises.pins, promises.moves, promises.collections);
  }

  @Test
  void gcBesideWritersLosesNothing() throws Exception {
    int seconds = Integer.getInteger("cairn.proof.seconds", 3);
    List<Child> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(start("work", "ref-" + i % 3, SEED + i));
    }
    for (Child writer : writers) {
      writer.awaitLine("START");
    }
    int collections = 0;
    Instant end = Instant.now().plusSeconds(seconds);
    try (LocalStore store = LocalStore.open(home)) {
      while (Instant.now().isBefore(end)) {
        store.gc().run();
        collections++;
      }
    }
    Promises promises = new Promises();
    for (Child writer : writers) {
      writer.end();
      promises.take(writer);
    }
    promises.check("seed " + SEED);
    long before = packBytes();
    promises.settle();
    System.out.printf(
        "gc beside %d writers for %d s: %d pins, %d moves, %d gc by writers, %d by this; packs %d"
            + " bytes, then %d%n",
        WRITERS,
        seconds,
        promises.pins,
        promises.moves,
        promises.collections,
        collections,
        before,
        packBytes());
  }

  @Test
  void ofProcessesThatRaceOneWins() throws Exception {
    int races = Integer.getInteger("cairn.proof.races", 2);
    for (int race = 0; race < races; race++) {
      List<Child> racers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        racers.add(start("race", "race-" + race, SEED + 1000L * race + i));
      }
      for (Child racer : racers) {
        racer.awaitLine("START");
      }
      for (Child racer : racers) {
        racer.go();
      }
      int winners = 0;
      for (Child racer : racers) {
        racer.awaitEnd();
        winners += (int) racer.lines().stream().filter(line -> line.startsWith("WON")).count();
      }
      assertThat(winners).as("seed %d race %d", SEED, race).isEqualTo(1);
    }
    assertThat(Homes.verify(home).isClean()).isTrue();
    System.out.printf("races of 4 processes: %d, one winner each%n", races);
  }

  @Test
  void ofThreadsThatRaceOneWins() throws Exception {
    int races = 10 * Integer.getInteger("cairn.proof.races", 2);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try (LocalStore store = LocalStore.open(home)) {
      for (int race = 0; race < races; race++) {
        String ref = "race-" + race;
        List<Callable<Boolean>> movers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          Cid commit = Homes.text("commit " + i).cid();
          movers.add(
              () -> {
                try {
                  store.refs().move(ref, null, commit);
                  return true;
                } catch (ParentMovedException e) {
                  return false;
                }
              });
        }
        int winners = 0;
        for (Future<Boolean> moved : pool.invokeAll(movers)) {
          winners += moved.get() ? 1 : 0;
        }
        assertThat(winners).as("race %d", race).isEqualTo(1);
        assertThat(store.refs().history(ref)).hasSize(1);
      }
    } finally {
      pool.shutdownNow();
    }
    System.out.printf("races of 8 threads: %d, one winner each%n", races);
  }

  private long packBytes() throws IOException {
    long bytes = 0;
    for (Path pack : Homes.packs(home)) {
      bytes += Files.size(pack);
    }
    return bytes;
  }

  /** What children acknowledged, and what must be true of the home because of it. */
  private final class Promises {
    private final Set<Cid> pinned = new HashSet<>();
    private final Set<Cid> perhaps = new HashSet<>();
    private final Map<String, Map<Long, Cid>> moved = new HashMap<>();
    private int pins;
    private int moves;
    private int collections;

    void take(Child child) {
      for (String line : child.lines()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "PINNED" -> {
            pinned.add(cid(words[1]));
            perhaps.remove(cid(words[1]));
            pins++;
          }
          case "UNPIN" -> {
            pinned.remove(cid(words[1]));
            perhaps.add(cid(words[1]));
          }
          case "MOVED" -> {
            Cid before =
                moved
                    .computeIfAbsent(words[1], ref -> new HashMap<>())
                    .put(Long.valueOf(words[2]), cid(words[3]));
            assertThat(before).as("another winner of " + line).isNull();
            moves++;
          }
          case "COLLECTED" -> collections++;
          case "START", "LOST" -> {}
          default -> throw new AssertionError("a child said: " + line);
        }
      }
    }

    void check(String when) throws IOException {
      try (LocalStore store = LocalStore.open(home)) {
        VerifyReport report = store.verify().all();
        assertThat(report.corrupt()).as(when).isEmpty();
        assertThat(report.missing()).as(when).isEmpty();
        Set<Cid> found = new HashSet<>();
        for (Pin pin : store.pins().list()) {
          found.add(pin.cid());
          assertThat(store.verify().of(pin.cid()).isClean()).as(when).isTrue();
        }
        assertThat(found).as(when).containsAll(pinned);
        for (Map.Entry<String, Map<Long, Cid>> ref : moved.entrySet()) {
          Map<Long, Cid> history = new HashMap<>();
          store.refs().history(ref.getKey()).forEach(at -> history.put(at.number(), at.commit()));
          assertThat(history).as(when).containsAllEntriesOf(ref.getValue());
          for (Cid commit : history.values()) {
            Block block = store.get(commit);
            Cid dataset = Commit.from(block).dataset();
            assertThat(store.verify().of(dataset).isClean()).as(when).isTrue();
          }
        }
      }
    }

    /** Nobody writes any more: what is needed stays, and nothing else does. */
    void settle() throws IOException {
      try (LocalStore store = LocalStore.open(home)) {
        store.gc().run();
        store.gc().run();
      }
      check("settled");
      try (LocalStore store = LocalStore.open(home)) {
        assertThat(store.gc().preview().removedBlocks()).isZero();
      }
      for (String left : List.of("tmp", "writers", "condemned")) {
        assertThat(Homes.files(home.resolve(left))).as(left).isEmpty();
      }
    }

    private Cid cid(String text) {
      try {
        return Cid.parse(text);
      } catch (IOException e) {
        throw new AssertionError(text, e);
      }
    }
  }

  private Child start(String mode, String ref, long seed) throws IOException {
    Child child = new Child(mode, ref, seed);
    children.add(child);
    return child;
  }

  /** A process of {@link StoreChild}. */
  private final class Child {
    private final Process process;
    private final Thread reader;
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    Child(String mode, String ref, long seed) throws IOException {
      Path log = folder.resolve("child-" + children.size() + ".log");
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  StoreChild.class.getName(),
                  home.toString(),
                  folder.toString(),
                  ref,
                  Long.toString(seed),
                  mode)
              .redirectError(log.toFile())
              .start();
      reader = new Thread(this::read);
      reader.start();
    }

    private void read() {
      try (BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
          Stream<String> all = in.lines()) {
        all.filter(line -> line.endsWith(StoreChild.LINE_END))
            .map(line -> line.substring(0, line.length() - StoreChild.LINE_END.length()))
            .forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void awaitLine(String line) throws InterruptedException {
      Instant end = Instant.now().plus(Duration.ofMinutes(2));
      while (!lines.contains(line)) {
        assertThat(process.isAlive()).as("child is alive").isTrue();
        assertThat(Instant.now()).isBefore(end);
        Thread.sleep(1);
      }
    }

    void go() throws IOException {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    }

    /** Ends it in order. */
    void end() throws Exception {
      go();
      awaitEnd();
    }

    /** Waits until it has ended by itself. */
    void awaitEnd() throws Exception {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      reader.join();
      assertThat(process.exitValue()).as(() -> String.join("\n", logs())).isZero();
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
      reader.join();
    }

    /** All whole lines that it printed. */
    List<String> lines() {
      return List.copyOf(lines);
    }
  }

  private List<String> logs() {
    List<String> logs = new ArrayList<>();
    for (int i = 0; i < children.size(); i++) {
      try {
        logs.add(Files.readString(folder.resolve("child-" + i + ".log")));
      } catch (IOException e) {
        logs.add(e.toString());
      }
    }
    return logs;
  }
}
