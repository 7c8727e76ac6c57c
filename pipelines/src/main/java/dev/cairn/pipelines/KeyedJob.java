package dev.cairn.pipelines;

import dev.cairn.io.store.LocalStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/**
 * Work whose tasks leave an action each: what has one is not done again.
 *
 * @param <T> a task
 */
final class KeyedJob<T> {
  private final Engine engine;
  private final RunListener listener;
  private final LocalStore store;
  private final Workplace workplace;
  private final Function<T, String> action;

  /**
   * Work.
   *
   * @param action the key of a task's action
   */
  KeyedJob(
      Engine engine,
      RunListener listener,
      LocalStore store,
      Workplace workplace,
      Function<T, String> action) {
    this.engine = engine;
    this.listener = listener;
    this.store = store;
    this.workplace = workplace;
    this.action = action;
  }

  /** The tasks that have no action whose objects are whole, in their order. */
  List<T> unknown(List<T> tasks) throws IOException {
    workplace.collect(tasks.stream().map(action).toList());
    List<T> unknown = new ArrayList<>();
    for (T task : tasks) {
      if (store.wholeAction(action.apply(task)).isEmpty()) {
        unknown.add(task);
      }
    }
    return unknown;
  }

  /**
   * Does tasks until all have an action.
   *
   * @param name of the job
   * @param pipeline makes one of tasks
   * @return the metrics of the last job, null if there was nothing to do
   */
  @Nullable MetricResults run(
      String name, List<T> tasks, Function<List<T>, Consumer<Pipeline>> pipeline)
      throws IOException {
    return new RepeatedJob<T>(engine, listener) {
      @Override
      Job job(List<T> left) {
        return new Job(name, left.size(), pipeline.apply(left));
      }

      @Override
      List<T> unfinished(List<T> left) throws IOException {
        return unknown(left);
      }
    }.run(tasks);
  }
}
