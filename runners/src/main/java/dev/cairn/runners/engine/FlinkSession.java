package dev.cairn.runners.engine;

import dev.cairn.io.block.Waits;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.Job;
import dev.cairn.pipelines.JobLostException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster that runs already. A job goes on without its launcher, so one of the same name
 * that still runs is followed instead of submitted again. A cluster that does not answer is waited
 * for: its JobManager may be on its way back, and forgets its jobs by that. If the thread is
 * interrupted, the job is cancelled.
 */
final class FlinkSession implements Engine {
  private static final long LOOK_MILLIS = 500;
  private static final int LOOKS_A_SETBACK = 4;

  private final FlinkAddress cluster;
  private final @Nullable Integer parallelism;
  private final Path jobJar;
  private final Duration patience;
  private final Consumer<String> listener;

  FlinkSession(
      FlinkAddress cluster,
      @Nullable Integer parallelism,
      Path jobJar,
      Duration patience,
      Consumer<String> listener) {
    this.cluster = cluster;
    this.parallelism = parallelism;
    this.jobJar = jobJar;
    this.patience = patience;
    this.listener = listener;
  }

  @Override
  public MetricResults run(Job job) throws IOException {
    try (FlinkRest rest = FlinkRest.at(cluster)) {
      Optional<JobStatusMessage> live =
          patiently(() -> rest.jobs(job.name())).stream()
              .filter(found -> !found.getJobState().isGloballyTerminalState())
              .findFirst();
      if (live.isPresent()) {
        listener.accept("going on with Flink job " + live.get().getJobId() + " " + job.name());
      } else {
        submit(rest, job);
      }
      JobID id =
          live.isPresent()
              ? live.get().getJobId()
              : patiently(() -> rest.jobs(job.name())).stream()
                  .findFirst()
                  .orElseThrow(() -> new JobLostException(job.name()))
                  .getJobId();
      return follow(rest, job, id);
    }
  }

  private void submit(FlinkRest rest, Job job) throws IOException {
    int slots = patiently(rest::overview).getNumSlotsTotal();
    int width = parallelism == null ? Math.max(1, slots) : parallelism;
    FlinkPipelineOptions options = Engines.flink(cluster.toString(), width, job);
    options.setAttachedMode(false);
    options.setFilesToStage(List.of(jobJar.toString()));
    try {
      Engines.pipeline(options, job).run();
    } catch (RuntimeException e) {
      throw new FlinkSilentException(cluster.toString(), e);
    }
  }

  private MetricResults follow(FlinkRest rest, Job job, JobID id) throws IOException {
    Set<Setback> seen = new HashSet<>();
    try {
      for (int look = 0; ; look++) {
        JobStatus status = status(rest, job, id);
        if (status == JobStatus.FINISHED) {
          return MetricsContainerStepMap.asAttemptedOnlyMetricResults(
              patiently(() -> rest.metrics(id)));
        }
        if (status == JobStatus.CANCELED) {
          throw new JobCancelledException(job.name());
        }
        if (status == JobStatus.FAILED) {
          JobResult result = patiently(() -> rest.result(id));
          Optional<SerializedThrowable> failure = result.getSerializedThrowable();
          throw JobFailure.of(
              job.name(),
              failure.isPresent() ? failure.get() : new IllegalStateException("FAILED"));
        }
        if (look % LOOKS_A_SETBACK == 0) {
          hearSetbacks(rest, id, seen);
        }
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      cancel(rest, id);
      throw Waits.interrupted("following " + job.name(), e);
    } catch (InterruptedIOException e) {
      cancel(rest, id);
      throw e;
    }
  }

  /** Tells those that are new; a worker's refusal ends the job, which would try it to its limit. */
  private void hearSetbacks(FlinkRest rest, JobID id, Set<Setback> seen) throws IOException {
    for (Setback setback : patiently(() -> rest.setbacks(id))) {
      Optional<String> refusal = setback.refusal();
      if (refusal.isPresent()) {
        cancel(rest, id);
        throw new WorkerRefusedException(refusal.get());
      }
      if (seen.add(setback)) {
        listener.accept("a task failed, Flink tries again: " + setback.cause());
      }
    }
  }

  private JobStatus status(FlinkRest rest, Job job, JobID id) throws IOException {
    return patiently(() -> rest.jobs(job.name())).stream()
        .filter(found -> found.getJobId().equals(id))
        .findFirst()
        .orElseThrow(() -> new JobLostException(job.name()))
        .getJobState();
  }

  /** Also where this thread was interrupted, which must not keep the question from being asked. */
  private void cancel(FlinkRest rest, JobID id) {
    boolean interrupted = Thread.interrupted();
    try {
      rest.cancel(id);
    } catch (IOException e) {
      listener.accept("Flink job " + id + " may still run: " + e.getMessage());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What is asked of a cluster. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  /** Asks until there is an answer, or patience ends. */
  private <T> T patiently(Question<T> question) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    for (boolean told = false; ; told = true) {
      try {
        return question.ask();
      } catch (FlinkSilentException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        if (!told) {
          listener.accept(
              "Flink at "
                  + cluster
                  + " does not answer: waiting up to "
                  + patience.toSeconds()
                  + " s");
        }
      }
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        throw Waits.interrupted("waiting for Flink", e);
      }
    }
  }
}
