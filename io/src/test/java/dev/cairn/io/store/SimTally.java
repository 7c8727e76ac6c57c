package dev.cairn.io.store;

import java.util.Locale;

/** What the histories so far consisted of. */
final class SimTally {
  long histories;
  long lives;
  long operations;
  long steps;
  long collections;
  long powerLosses;
  long kills;
  long fullDisks;
  long failedForces;
  long flips;
  long healed;

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d histories: %,d processes, %,d operations (%,d collections), %,d acts of the disk;"
            + " %,d power losses, %,d kills, %,d full disks, %,d failed forces, %,d flipped bits"
            + " (%,d histories healed)",
        histories,
        lives,
        operations,
        collections,
        steps,
        powerLosses,
        kills,
        fullDisks,
        failedForces,
        flips,
        healed);
  }
}
