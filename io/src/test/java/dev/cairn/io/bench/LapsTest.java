package dev.cairn.io.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.bench.Laps.Act;
import org.junit.jupiter.api.Test;

/** Medians and ratios of times. */
class LapsTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void takesTheMedianOfTheRounds() {
    Laps laps = new Laps();
    for (long seconds : new long[] {9, 2, 4}) {
      laps.add(Act.ADD, seconds * SECOND);
    }
    assertThat(laps.speed(Act.ADD, 100)).isEqualTo(25);
  }

  @Test
  void comparesWithinARound() {
    Laps laps = new Laps();
    long[][] rounds = {{1, 2, 3}, {10, 20, 60}, {1, 1, 4}};
    for (long[] round : rounds) {
      laps.add(Act.HASH, round[0] * SECOND);
      laps.add(Act.PLAIN_COPY, round[1] * SECOND);
      laps.add(Act.GET, round[2] * SECOND);
    }
    assertThat(laps.ratio(Act.GET, Act.HASH, Act.PLAIN_COPY)).isEqualTo(0.5);
  }
}
