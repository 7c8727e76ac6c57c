package dev.cairn.runners.engine;

import dev.cairn.transforms.embed.NumericsDifferException;
import dev.cairn.transforms.record.StoreNotSharedException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;

/**
 * A task of a job failed, and Flink tries again.
 *
 * @param time when, as Flink counts: it tells two of them apart
 * @param cause the first line of what was the cause of all else
 */
record Setback(long time, String cause) {
  private static final String CAUSED_BY = "Caused by: ";

  /** What a worker throws that will not work however often it is tried. */
  private static final List<String> REFUSALS =
      List.of(StoreNotSharedException.class.getName(), NumericsDifferException.class.getName());

  static Setback of(RootExceptionInfo told) {
    String cause =
        told.getStacktrace()
            .lines()
            .filter(line -> line.startsWith(CAUSED_BY))
            .map(line -> line.substring(CAUSED_BY.length()))
            .reduce((first, last) -> last)
            .orElseGet(() -> told.getStacktrace().lines().findFirst().orElse(""));
    return new Setback(told.getTimestamp(), cause);
  }

  /** What the worker said, if it refused. */
  Optional<String> refusal() {
    return REFUSALS.stream()
        .filter(name -> cause.startsWith(name + ": "))
        .map(name -> cause.substring(name.length() + 2))
        .findFirst();
  }
}
