package dev.cairn.pipelines;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/**
 * A job whose pieces of work leave an action each, run until none is left. It is run again when an
 * engine lost it, or when the job that the engine was doing already was not for all of them.
 *
 * @param <T> a piece of work
 */
abstract class RepeatedJob<T> {
  /** Runs that finish nothing before it is given up. */
  private static final int MAX_IDLE = 3;

  private final Engine engine;
  private final RunListener listener;

  RepeatedJob(Engine engine, RunListener listener) {
    this.engine = engine;
    this.listener = listener;
  }

  abstract Job job(List<T> pieces);

  /** Those that have no action yet. */
  abstract List<T> unfinished(List<T> pieces) throws IOException;

  /** Runs; the metrics of the last job, null if there was nothing to do. */
  @Nullable MetricResults run(List<T> pieces) throws IOException {
    MetricResults metrics = null;
    JobLostException lost = null;
    List<T> left = pieces;
    for (int idle = 0; !left.isEmpty(); ) {
      Job job = job(left);
      try {
        metrics = engine.run(job);
      } catch (JobLostException e) {
        lost = e;
        listener.note(e.getMessage() + ": what it has not finished is submitted again");
      }
      List<T> now = unfinished(left);
      idle = now.size() < left.size() ? 0 : idle + 1;
      if (idle == MAX_IDLE) {
        throw new IOException(
            "Cannot finish job: " + job.name() + ", " + now.size() + " pieces are left (none)",
            lost);
      }
      left = now;
    }
    return metrics;
  }
}
