package dev.cairn.io.store;

import java.util.SplittableRandom;

/**
 * Who plays next. Half of the histories change at random, often or seldom; the others let one part
 * play as long as it can and demote it at a few moments, so that one lags behind by many steps of
 * the others.
 */
final class SimOrder implements SimStage.Chooser {
  private static final double[] CHANCES = {0.02, 0.1, 0.3, 1};

  private final SplittableRandom random;
  private final boolean byRank;
  private final double chance;
  private final int[] ranks;
  private int lowest;

  SimOrder(SplittableRandom random, int parts) {
    this.random = random;
    this.byRank = random.nextBoolean();
    this.chance =
        byRank ? 0.002 + 0.03 * random.nextDouble() : CHANCES[random.nextInt(CHANCES.length)];
    this.ranks = new int[parts];
    for (int i = 0; i < parts; i++) {
      ranks[i] = random.nextInt(parts);
    }
  }

  @Override
  public int next(int current, boolean[] playing) {
    boolean changes = random.nextDouble() < chance;
    if (current >= 0 && !changes) {
      return current;
    }
    if (!byRank) {
      return some(playing);
    }
    if (current >= 0) {
      ranks[current] = --lowest;
    }
    int best = -1;
    for (int i = 0; i < ranks.length; i++) {
      if (playing[i] && (best < 0 || ranks[i] > ranks[best])) {
        best = i;
      }
    }
    return best;
  }

  private int some(boolean[] playing) {
    int next = random.nextInt(playing.length);
    while (!playing[next]) {
      next = (next + 1) % playing.length;
    }
    return next;
  }
}
