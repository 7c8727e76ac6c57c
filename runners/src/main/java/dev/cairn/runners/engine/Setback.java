package dev.cairn.runners.engine;

import dev.cairn.transforms.embed.NumericsDifferException;
import dev.cairn.transforms.record.StoreNotSharedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;

/**
 * A task of a job failed, and Flink tries again.
 *
 * @param time when, as Flink counts: it tells two of them apart
 * @param causes the first line of the failure and of each of its causes
 */
record Setback(long time, List<String> causes) {
  private static final String CAUSED_BY = "Caused by: ";

  /** What a worker throws that will not work however often it is tried. */
  private static final List<String> REFUSALS =
      List.of(StoreNotSharedException.class.getName(), NumericsDifferException.class.getName());

  Setback {
    causes = List.copyOf(causes);
  }

  static Setback of(RootExceptionInfo told) {
    Stream<String> first = told.getStacktrace().lines().limit(1);
    Stream<String> others =
        told.getStacktrace()
            .lines()
            .filter(line -> line.startsWith(CAUSED_BY))
            .map(line -> line.substring(CAUSED_BY.length()));
    return new Setback(told.getTimestamp(), Stream.concat(first, others).toList());
  }

  /** What was the cause of all else. */
  String cause() {
    return causes.isEmpty() ? "" : causes.get(causes.size() - 1);
  }

  /** What the worker said, if it refused. */
  Optional<String> refusal() {
    for (String cause : causes) {
      for (String name : REFUSALS) {
        if (cause.startsWith(name + ": ")) {
          return Optional.of(cause.substring(name.length() + 2));
        }
      }
    }
    return Optional.empty();
  }
}
