package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Plays histories of a store in a simulated world, each from a seed: several processes at once,
 * kills, power losses, full disks, failed forces, flipped bits. {@code -Dcairn.sim.seed=N} replays
 * one and tells its steps.
 */
class SimulationTest {
  private static final long BASE = 1;
  private static final int FEW = 500;
  private static final int MANY = 100_000;

  @Test
  void everyHistoryKeepsWhatWasAcknowledged() {
    Long seed = Long.getLong("cairn.sim.seed");
    if (seed == null) {
      play(BASE, FEW);
    } else {
      replay(seed);
    }
  }

  @Test
  void aHistoryIsReplayedFromItsSeed() {
    for (long seed = BASE; seed < BASE + 20; seed++) {
      assertThat(fingerprint(seed)).as("history %d", seed).isEqualTo(fingerprint(seed));
    }
  }

  /** The long run, see CONTRIBUTING.md. */
  @Test
  @Tag("proof")
  void manyHistoriesKeepWhatWasAcknowledged() {
    long base = Long.getLong("cairn.sim.base", BASE);
    int histories = Integer.getInteger("cairn.sim.histories", MANY);
    long start = System.nanoTime();
    SimTally tally = play(base, histories);
    long seconds = Math.max(1, (System.nanoTime() - start) / 1_000_000_000);
    System.out.printf(
        "Seeds %d to %d: %s; %d a second%n",
        base, base + histories - 1, tally, tally.histories / seconds);
  }

  private static SimTally play(long base, int histories) {
    SimTally tally = new SimTally();
    try (SimStage stage = new SimStage()) {
      for (long seed = base; seed < base + histories; seed++) {
        new SimHistory(seed, stage, tally).play(null);
      }
    }
    assertThat(tally.powerLosses).isPositive();
    assertThat(tally.kills).isPositive();
    assertThat(tally.collections).isPositive();
    return tally;
  }

  private static long fingerprint(long seed) {
    try (SimStage stage = new SimStage()) {
      return new SimHistory(seed, stage, new SimTally()).play(null);
    }
  }

  private static void replay(long seed) {
    List<String> trace = new ArrayList<>();
    try (SimStage stage = new SimStage()) {
      new SimHistory(seed, stage, new SimTally()).play(trace);
    } finally {
      trace.forEach(System.out::println);
    }
  }
}
