package dev.cairn.io.store;

import java.util.SplittableRandom;

/**
 * How often each thing is done in one history. Some are left out and others prevail, by the seed:
 * so histories differ more than if all were done equally often in each.
 */
final class SimHabits {
  /** Put, keep, unpin, commit, again, act, collect, pass time; reads; verify and such; abandon. */
  private static final int[] USUAL = {22, 12, 10, 10, 3, 7, 12, 5, 8, 4, 3, 2, 2, 2};

  private static final double[] FACTORS = {0, 0.3, 1, 1, 3};

  private final double[] weights = new double[USUAL.length];
  private double sum;

  SimHabits(SplittableRandom random) {
    for (int i = 0; i < USUAL.length; i++) {
      weights[i] = USUAL[i] * FACTORS[random.nextInt(FACTORS.length)];
      sum += weights[i];
    }
    if (sum == 0) {
      weights[0] = 1;
      sum = 1;
    }
  }

  /** The number of one thing. */
  int draw(SplittableRandom random) {
    double drawn = random.nextDouble() * sum;
    int number = -1;
    do {
      number++;
      drawn -= weights[number];
    } while (drawn >= 0 && number < weights.length - 1);
    return number;
  }
}
