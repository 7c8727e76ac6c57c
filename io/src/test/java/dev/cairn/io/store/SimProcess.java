package dev.cairn.io.store;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A simulated process: a machine as it sees one. */
final class SimProcess implements Machine {
  private final SimWorld world;
  private final ProcessMark mark;
  private final SimView disk;
  private final List<Runnable> tasks = new ArrayList<>();
  private boolean alive = true;
  private boolean dying;
  private boolean undisturbed;
  private boolean beating;
  private boolean registered;
  private long faults;
  private long changes;

  SimProcess(SimWorld world, ProcessMark mark) {
    this.world = world;
    this.mark = mark;
    this.disk = new SimView(world, this);
  }

  Disk disk() {
    return disk;
  }

  boolean isAlive() {
    return alive;
  }

  /** Ends without a word; its next act of the disk throws. */
  void end() {
    alive = false;
  }

  /** Ends in the middle of an act. */
  void kill() {
    alive = false;
    dying = true;
    throw new SimKilled();
  }

  /** True once after {@link #kill}: the act may be done in part. */
  boolean diesInTheAct() {
    boolean now = dying;
    dying = false;
    return now;
  }

  void requireAlive() {
    if (!alive) {
      throw new SimKilled();
    }
  }

  /** Nothing strikes it, and nobody goes first. */
  SimProcess undisturbed() {
    undisturbed = true;
    return this;
  }

  boolean isUndisturbed() {
    return undisturbed;
  }

  /** Faults of the disk that it met. */
  long faults() {
    return faults;
  }

  void countFault() {
    faults++;
  }

  /** Acts by which it changed the disk. */
  long changes() {
    return changes;
  }

  void countChange() {
    changes++;
  }

  /** True while it would be unfair to let much time pass: between a heartbeat's two ends. */
  boolean isBeating() {
    return beating || (changes > 0 && !registered && !undisturbed);
  }

  /** As its timer would: perhaps, between two of its acts. */
  void mayBeat() {
    if (!tasks.isEmpty() && !beating && world.random.nextInt(200) == 0) {
      beat();
    }
  }

  /** Beats in no time, whoever is on stage. */
  void beatAtOnce() {
    boolean before = undisturbed;
    undisturbed = true;
    try {
      beat();
    } finally {
      undisturbed = before;
    }
  }

  private void beat() {
    beating = true;
    long before = changes;
    try {
      List.copyOf(tasks).forEach(Runnable::run);
    } finally {
      beating = false;
      changes = before;
    }
  }

  @Override
  public Instant now() {
    return world.now();
  }

  @Override
  public long nanoTime() {
    return world.nanos();
  }

  @Override
  public String randomId() {
    return world.randomId();
  }

  @Override
  public ProcessMark self() {
    return mark;
  }

  @Override
  public boolean runs(ProcessMark process) {
    return world.runs(process);
  }

  @Override
  public Closeable every(Duration period, Runnable task) {
    tasks.add(task);
    registered = true;
    return () -> tasks.remove(task);
  }
}
