package dev.cairn.io.store;

import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;

/**
 * What the store asks of a machine besides its disks: time, chance, and which processes live. A
 * second implementation can stand for a machine whose every step a seed decides. Safe for use by
 * several threads.
 */
interface Machine {
  /** The machine that this process runs on. */
  static Machine real() {
    return RealMachine.INSTANCE;
  }

  /** The time of day. */
  Instant now();

  /** A clock that never goes back, in nanoseconds from some moment on. */
  long nanoTime();

  /** 16 hexadecimal digits that nobody else was or will be given. */
  String randomId();

  /** This process, as others find it. */
  ProcessMark self();

  /** True if a process with this mark, which must be of this machine, still runs. */
  boolean runs(ProcessMark process);

  /** Runs a task again and again until closed, first after one period. */
  Closeable every(Duration period, Runnable task);
}
