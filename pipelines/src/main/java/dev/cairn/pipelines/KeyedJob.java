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
 * Work whose tasks leave an action each: what has one is not done again. The job is run until none
 * is left: again when an engine lost it, or when the job that the engine was doing already was not
 * for all of them.
 *
 * @param <T> a task
 */
final class KeyedJob<T> {
  /** Runs that finish nothing before it is given up. */
  private static final int MAX_IDLE = 3;

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
    MetricResults metrics = null;
    JobLostException lost = null;
    List<T> left = tasks;
    for (int idle = 0; !left.isEmpty(); ) {
      try {
        metrics = engine.run(new Job(name, left.size(), pipeline.apply(left)));
      } catch (JobLostException e) {
        lost = e;
        listener.note(e.getMessage() + ": what it has not finished is submitted again");
      }
      List<T> now = unknown(left);
      idle = now.size() < left.size() ? 0 : idle + 1;
      if (idle == MAX_IDLE) {
        throw new IOException(
            "Cannot finish job: " + name + ", " + now.size() + " pieces are left (none)", lost);
      }
      left = now;
    }
    return metrics;
  }
}
