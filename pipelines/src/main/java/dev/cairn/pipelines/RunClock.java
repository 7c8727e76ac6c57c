package dev.cairn.pipelines;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** When a run began, and the name it has by that. Never part of a dataset. */
final class RunClock {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** In containers the process ids of several machines are the same. */
  private static final SecureRandom RANDOM = new SecureRandom();

  private static final AtomicInteger RUNS = new AtomicInteger();

  private final long start = System.nanoTime();
  private final Map<String, Double> steps = new LinkedHashMap<>();
  private long stepStart = start;
  private final String run;

  /** Begins a run of this name. */
  RunClock(String run) {
    this.run = run;
  }

  /**
   * A name that no other run has: its start, its process, which of that one's runs it is, chance.
   */
  static String newName() {
    return NAME.format(Instant.now())
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + RUNS.incrementAndGet()
        + "-"
        + HexFormat.of().toHexDigits((short) RANDOM.nextInt());
  }

  /** The run's name. */
  String run() {
    return run;
  }

  /** Ends a step, which began where the one before ended. */
  void ended(String step) {
    long now = System.nanoTime();
    steps.merge(step, (now - stepStart) / 1e9, Double::sum);
    stepStart = now;
  }

  /** Seconds of the steps that ended, in their order. */
  Map<String, Double> steps() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
