package dev.cairn.runners.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job as its file says. Immutable.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param schedule when it runs, null if nobody schedules it
 * @param runMissed true if a run that was missed is made up for, once, however many were
 * @param stuckAfter how long a run may take before it is reported as stuck
 * @param steps its commands in order
 * @param file that says so
 */
public record JobSpec(
    String name,
    @Nullable Schedule schedule,
    boolean runMissed,
    Duration stuckAfter,
    List<Step> steps,
    Path file) {
  public JobSpec {
    steps = List.copyOf(steps);
  }
}
