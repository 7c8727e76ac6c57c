package dev.cairn.pipelines;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** When a run began, and the name it has by that. Never part of a dataset. */
final class RunClock {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final long start = System.nanoTime();
  private final String run = NAME.format(Instant.now()) + "-" + ProcessHandle.current().pid();

  /** The run's name: its start and process. */
  String run() {
    return run;
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
