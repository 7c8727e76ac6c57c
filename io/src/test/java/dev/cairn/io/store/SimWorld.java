package dev.cairn.io.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One history's clock, disk and processes. Every act of the disk comes by {@link #step}: there time
 * passes, another process may go on first, a process may be killed, or all lose power.
 */
final class SimWorld {
  static final Path HOME = Path.of("/sim/home").toAbsolutePath();

  private static final Set<String> CHANGES =
      Set.of("create", "write", "force", "makeFolder", "forceFolder", "rename", "link", "delete");
  private static final long START = TimeUnit.DAYS.toNanos(20_000);

  final SplittableRandom random;
  final SimDisk disk;
  final SimTally tally;
  private final SimStage stage;
  private final @Nullable List<String> trace;
  private final List<SimProcess> processes = new ArrayList<>();
  private final double killChance;
  private final double powerChance;
  private final double failChance;
  private final double fullChance;
  private final boolean slow;
  private long nanos = START;
  private int boots;
  private int fullSteps;
  private boolean powerLost;
  private long fingerprint;
  private @Nullable Throwable failure;

  SimWorld(SplittableRandom random, SimStage stage, SimTally tally, @Nullable List<String> trace) {
    this.random = random;
    this.stage = stage;
    this.tally = tally;
    this.trace = trace;
    this.killChance = pick(0, 0, 0.003, 0.01, 0.03);
    this.powerChance = pick(0, 0.001, 0.003, 0.01);
    this.failChance = pick(0, 0, 0, 0.01, 0.05);
    this.fullChance = pick(0, 0, 0, 0.01);
    this.slow = random.nextInt(4) == 0;
    this.disk = new SimDisk(random, () -> nanos, (long) pick(1, 1e6, 1e9, 2e9));
  }

  private double pick(double... values) {
    return values[random.nextInt(values.length)];
  }

  /** A process of one of two machines; those of the second are known by their heartbeat only. */
  SimProcess start(boolean elsewhere) {
    tally.lives++;
    String host = elsewhere ? "other" : "here";
    long number = processes.size() + 1L;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
    SimProcess process =
        new SimProcess(this, new ProcessMark(host, "boot " + boots, number, seconds));
    processes.add(process);
    return process;
  }

  boolean runs(ProcessMark mark) {
    return processes.stream().anyMatch(p -> p.isAlive() && p.self().equals(mark));
  }

  long nanos() {
    return nanos;
  }

  Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  String randomId() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  /** Lets much time pass, if whoever lives can show it. */
  void jump(Duration time) {
    if (fullSteps == 0 && processes.stream().noneMatch(p -> p.isAlive() && p.isBeating())) {
      nanos += time.toNanos();
      log(null, "the clock goes on by " + time);
      processes.stream().filter(SimProcess::isAlive).forEach(SimProcess::beatAtOnce);
    }
  }

  /** Comes before each act of the disk. */
  void step(SimProcess process, String act, Path path) {
    process.requireAlive();
    tally.steps++;
    fingerprint = fingerprint * 31 + path.hashCode() + act.hashCode() + nanos;
    passTime();
    if (process.isUndisturbed()) {
      return;
    }
    boolean changes = CHANGES.contains(act);
    // What processes do to each other is in changes and lists more than in reads.
    for (int i = changes || act.equals("list") ? 4 : 1; i > 0; i--) {
      stage.turn();
      process.requireAlive();
    }
    fill();
    if (changes) {
      strike(process, act, path);
    }
    if (trace != null) {
      log(process, act + " " + path);
    }
    process.mayBeat();
  }

  /** True if a force is to fail now. */
  boolean failsForce(SimProcess process) {
    boolean fails = !process.isUndisturbed() && random.nextDouble() < failChance;
    tally.failedForces += fails ? 1 : 0;
    return fails;
  }

  private void passTime() {
    int drawn = random.nextInt(1000);
    boolean pause = drawn < (slow ? 100 : 5);
    nanos += pause ? TimeUnit.MILLISECONDS.toNanos(40L * (drawn % 100)) : drawn;
  }

  private void fill() {
    if (fullSteps > 0) {
      fullSteps--;
      if (fullSteps == 0) {
        disk.makeRoom();
      }
    } else if (random.nextDouble() < fullChance) {
      fullSteps = 1 + random.nextInt(80);
      disk.leaveRoomFor(random.nextInt(1500));
      tally.fullDisks++;
      log(null, "the disk is full for " + fullSteps + " steps");
    }
  }

  private void strike(SimProcess process, String act, Path path) {
    double drawn = random.nextDouble();
    if (drawn < powerChance) {
      log(process, "the power fails before " + act + " " + path);
      losePower();
      process.requireAlive();
    } else if (drawn < powerChance + killChance) {
      log(process, "killed before " + act + " " + path);
      tally.kills++;
      process.kill();
    }
  }

  /** Ends all processes and what the disk had only in memory. */
  void losePower() {
    tally.powerLosses++;
    processes.forEach(SimProcess::end);
    disk.losePower();
    boots++;
    powerLost = true;
  }

  /** True once the power was lost or a check failed; until {@link #goOn}. */
  boolean isOver() {
    return powerLost || failure != null;
  }

  /** The next act may begin: with room on the disk and all processes ended. */
  void goOn() {
    fullSteps = 0;
    disk.makeRoom();
    powerLost = false;
  }

  /** Keeps a process's failure, and ends all others. */
  void fail(Throwable e) {
    if (failure == null) {
      failure = e;
      log(null, "failure: " + e);
      processes.forEach(SimProcess::end);
    }
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** A number that two equal histories share, and others hardly. */
  long fingerprint() {
    return fingerprint;
  }

  boolean isTraced() {
    return trace != null;
  }

  void log(@Nullable SimProcess process, String event) {
    if (trace != null) {
      String who = process == null ? "" : "process " + process.self().pid() + ": ";
      trace.add(who + event.replace(HOME + "/", ""));
    }
  }
}
