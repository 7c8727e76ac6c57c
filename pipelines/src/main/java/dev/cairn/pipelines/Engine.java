package dev.cairn.pipelines;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.beam.sdk.metrics.MetricResults;

/** Whatever runs a Beam pipeline to its end. */
@FunctionalInterface
public interface Engine {

  /**
   * Runs a job; returns when all of its work is done, with the metrics that its steps told.
   *
   * @throws JobLostException if the engine lost it; what it finished stands, and the rest can be
   *     asked for again
   * @throws InterruptedIOException if the thread is interrupted; the job is cancelled
   * @throws IOException with what the job failed of: the first typed error in its causes
   */
  MetricResults run(Job job) throws IOException;
}
