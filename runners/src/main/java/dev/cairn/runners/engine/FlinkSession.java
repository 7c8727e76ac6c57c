package dev.cairn.runners.engine;

import dev.cairn.io.block.Waits;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.Job;
import dev.cairn.pipelines.JobLostException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.util.ExceptionUtils;
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
  private static final Duration GATHERING = Duration.ofSeconds(30);

  /** A job that is being cancelled, or fails, would end without its work. */
  private static final Set<JobStatus> LIVE =
      EnumSet.of(
          JobStatus.INITIALIZING, JobStatus.CREATED, JobStatus.RUNNING, JobStatus.RESTARTING);

  private final FlinkAddress cluster;
  private final @Nullable Integer parallelism;
  private final Path jobJar;
  private final Duration patience;
  private final Consumer<String> listener;

  /** The most that the cluster had when a job was submitted. */
  private int slots;

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
      try {
        Optional<JobStatusMessage> live =
            patiently(() -> rest.jobs(job.name())).stream()
                .filter(found -> LIVE.contains(found.getJobState()))
                .findFirst();
        if (live.isPresent()) {
          listener.accept("going on with Flink job " + live.get().getJobId() + " " + job.name());
        } else {
          submit(rest, job);
        }
        return follow(rest, job, live.isPresent() ? live.get().getJobId() : submitted(rest, job));
      } catch (InterruptedIOException e) {
        cancel(rest, job);
        throw e;
      } catch (NoSuchFlinkJobException e) {
        throw new JobLostException(job.name(), e);
      }
    }
  }

  private JobID submitted(FlinkRest rest, Job job) throws IOException {
    return patiently(() -> rest.jobs(job.name())).stream()
        .findFirst()
        .orElseThrow(() -> new JobLostException(job.name()))
        .getJobId();
  }

  private void submit(FlinkRest rest, Job job) throws IOException {
    int width = parallelism == null ? slots(rest) : parallelism;
    FlinkPipelineOptions options = Engines.flink(cluster.toString(), width, job);
    options.setAttachedMode(false);
    options.setFilesToStage(List.of(jobJar.toString()));
    Pipeline pipeline = Engines.pipeline(options, job);
    try {
      pipeline.run();
    } catch (RuntimeException e) {
      if (ExceptionUtils.findThrowable(e, InterruptedException.class).isPresent()) {
        throw Waits.interrupted("submitting " + job.name(), new InterruptedException());
      }
      throw new JobLostException(job.name(), e);
    }
  }

  /** TaskManagers come one after another; after a JobManager's death, back to the new one. */
  private int slots(FlinkRest rest) throws IOException {
    long deadline = System.nanoTime() + GATHERING.toNanos();
    while (true) {
      int now = patiently(rest::overview).getNumSlotsTotal();
      if (now >= slots && now > 0) {
        slots = now;
        return now;
      }
      if (System.nanoTime() > deadline) {
        return Math.max(1, now);
      }
      pause();
    }
  }

  private MetricResults follow(FlinkRest rest, Job job, JobID id) throws IOException {
    Set<Setback> seen = new HashSet<>();
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
        throw JobFailure.of(
            job.name(), patiently(() -> rest.result(id)).getSerializedThrowable().orElse(null));
      }
      if (look % LOOKS_A_SETBACK == 0) {
        hearSetbacks(rest, job, id, seen);
      }
      pause();
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      throw Waits.interrupted("following a job", e);
    }
  }

  /** Tells those that are new; a worker's refusal ends the job, which would try it to its limit. */
  private void hearSetbacks(FlinkRest rest, Job job, JobID id, Set<Setback> seen)
      throws IOException {
    List<Setback> setbacks;
    try {
      setbacks = rest.setbacks(id);
    } catch (FlinkSilentException | NoSuchFlinkJobException e) {
      return; // the next look at the job's state tells what is to be done
    }
    for (Setback setback : setbacks) {
      Optional<String> refusal = setback.refusal();
      if (refusal.isPresent()) {
        cancel(rest, job);
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
  private void cancel(FlinkRest rest, Job job) {
    boolean interrupted = Thread.interrupted();
    try {
      for (JobStatusMessage found : rest.jobs(job.name())) {
        if (LIVE.contains(found.getJobState())) {
          rest.cancel(found.getJobId());
        }
      }
    } catch (IOException e) {
      listener.accept("Flink job " + job.name() + " may still run: " + e.getMessage());
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
      pause();
    }
  }
}
