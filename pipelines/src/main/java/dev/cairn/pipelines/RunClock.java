package dev.cairn.pipelines;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;

/** When a run began, and the name it has by that. Never part of a dataset. */
final class RunClock {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final AtomicInteger RUNS = new AtomicInteger();

  private final long start = System.nanoTime();
  private final String run;

  /** Begins a run of this name. */
  RunClock(String run) {
    this.run = run;
  }

  /** A name that no other run has: its start, its process and which of that one's runs it is. */
  static String newName() {
    return NAME.format(Instant.now())
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + RUNS.incrementAndGet();
  }

  /** The run's name. */
  String run() {
    return run;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
