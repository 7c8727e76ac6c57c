package dev.cairn.io.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One history of a store, from a seed: processes, kills, power losses, and checks between. */
final class SimHistory {
  private final long seed;
  private final SimStage stage;
  private final SimTally tally;

  SimHistory(long seed, SimStage stage, SimTally tally) {
    this.seed = seed;
    this.stage = stage;
    this.tally = tally;
  }

  /**
   * Plays it.
   *
   * @param trace what to tell each step to; null for no trace
   * @return a number that the same history gives again
   * @throws AssertionError naming the seed, if the store broke a promise
   */
  long play(@Nullable List<String> trace) {
    SplittableRandom random = new SplittableRandom(seed);
    SimWorld world = new SimWorld(random, stage, tally, trace);
    tally.histories++;
    try {
      play(world, random);
    } catch (Exception | AssertionError e) {
      world.fail(e);
    }
    Throwable failure = world.failure();
    if (failure != null) {
      throw new AssertionError(
          "history " + seed + " (replay it with -Dcairn.sim.seed=" + seed + "): " + failure,
          failure);
    }
    return world.fingerprint();
  }

  private void play(SimWorld world, SplittableRandom random) throws IOException {
    boolean crowd = random.nextInt(60) == 0;
    SimDags dags =
        crowd
            ? new SimDags(random, 70, 3)
            : new SimDags(random, 2 + random.nextInt(6), 1 + random.nextInt(5));
    PackLimits limits =
        crowd ? new PackLimits(4096, 1) : new PackLimits(2048, 1 + random.nextInt(6));
    SimModel model = new SimModel(world, dags);
    SimCheck check = new SimCheck(world, model);
    SimHabits habits = new SimHabits(random);
    boolean twoMachines = random.nextInt(4) == 0;
    world.disk.makeFolder(Home.parentOf(SimWorld.HOME));
    world.disk.forceFolder(Path.of("/").toAbsolutePath());
    int acts = 1 + random.nextInt(3);
    for (int act = 0; act < acts && world.failure() == null; act++) {
      List<Runnable> users = new ArrayList<>();
      int count = 1 + random.nextInt(4);
      for (int i = 0; i < count; i++) {
        boolean elsewhere = twoMachines && random.nextBoolean();
        users.add(new SimUser(world, model, habits, limits, elsewhere, 1 + random.nextInt(3)));
      }
      stage.play(users, new SimOrder(random, count));
      if (!world.isOver() && random.nextInt(4) == 0) {
        world.log(null, "the power fails");
        world.losePower();
      }
      if (world.failure() == null) {
        world.goOn();
        check.afterCrash();
      }
    }
    if (world.failure() == null) {
      if (random.nextInt(5) == 0) {
        new SimRot(world, model).run();
      }
      check.afterCollection();
    }
  }
}
