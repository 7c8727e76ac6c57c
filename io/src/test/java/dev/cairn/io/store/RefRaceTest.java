package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that move one ref from the same parent at once: one of them wins, every time. {@code
 * -Dcairn.ref.races=1000} makes it a proof.
 */
class RefRaceTest {
  private static final int RACES = Integer.getInteger("cairn.ref.races", 100);
  private static final int RACERS = 4;
  private static final String REF = "race";
  private static final String READY = "READY";
  private static final String WON = "WON";
  private static final String LOST = "LOST";

  @TempDir private Path home;

  /**
   * One racer: home. It is told a race a line, which is the parent or nothing and the commit, and
   * answers how it ended.
   */
  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (LocalStore store = LocalStore.open(Path.of(arguments[0]))) {
      System.out.println(READY);
      for (String race = in.readLine(); race != null; race = in.readLine()) {
        int space = race.indexOf(' ');
        Cid parent = space == 0 ? null : Cid.parse(race.substring(0, space));
        try {
          store.refs().move(REF, parent, Cid.parse(race.substring(space + 1)));
          System.out.println(WON);
        } catch (ParentMovedException e) {
          System.out.println(LOST);
        }
      }
    }
  }

  /** A process of {@link #main}. */
  private static final class Racer implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;
    private final Writer in;

    Racer(Path home) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  RefRaceTest.class.getName(),
                  home.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      out = process.inputReader(StandardCharsets.UTF_8);
      in = process.outputWriter(StandardCharsets.UTF_8);
    }

    void tell(String parent, Cid commit) throws IOException {
      in.write(parent + " " + commit + "\n");
      in.flush();
    }

    String answer() throws IOException {
      return String.valueOf(out.readLine());
    }

    void end() throws IOException {
      in.close();
      assertThat(process.onExit().join().exitValue()).isZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Test
  void ofProcessesAtOnceExactlyOneWins() throws IOException {
    List<Racer> racers = new ArrayList<>();
    List<Cid> winners = new ArrayList<>();
    try {
      for (int i = 0; i < RACERS; i++) {
        racers.add(new Racer(home));
      }
      for (Racer racer : racers) {
        assertThat(racer.answer()).isEqualTo(READY);
      }
      for (int race = 0; race < RACES; race++) {
        winners.add(race(race, racers, race == 0 ? "" : winners.get(race - 1).toString()));
      }
      for (Racer racer : racers) {
        racer.end();
      }
    } finally {
      racers.forEach(Racer::close);
    }
    try (LocalStore store = LocalStore.open(home)) {
      assertThat(store.refs().history(REF))
          .extracting(Ref::commit)
          .hasSize(RACES)
          .containsExactlyElementsOf(reversed(winners));
    }
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
  }

  /** Tells all racers, each time another one first; the commit of the one that won. */
  private static Cid race(int race, List<Racer> racers, String parent) throws IOException {
    for (int i = 0; i < RACERS; i++) {
      int racer = (race + i) % RACERS;
      racers.get(racer).tell(parent, commit(race * RACERS + racer));
    }
    List<String> answers = new ArrayList<>();
    for (Racer racer : racers) {
      answers.add(racer.answer());
    }
    assertThat(answers).as("race %d", race).containsOnlyOnce(WON).containsOnly(WON, LOST);
    return commit(race * RACERS + answers.indexOf(WON));
  }

  private static List<Cid> reversed(List<Cid> commits) {
    List<Cid> reversed = new ArrayList<>();
    commits.forEach(commit -> reversed.add(0, commit));
    return reversed;
  }

  private static Cid commit(int number) {
    return Cid.hashOf(Codec.DAG_JSON, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
  }
}
