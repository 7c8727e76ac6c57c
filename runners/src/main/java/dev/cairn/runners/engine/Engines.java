package dev.cairn.runners.engine;

import dev.cairn.io.beam.IpfsOptions;
import dev.cairn.io.store.tier.StoreSettings;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Makes engines. Each runs one pipeline at a time and returns when it has ended. */
public final class Engines {
  private Engines() {}

  /** Beam's Direct runner in this JVM with at most {@code parallelism} worker threads. */
  public static Engine direct(int parallelism) {
    return job -> {
      DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
      options.setRunner(DirectRunner.class);
      // A worker thread without work does not wait but spins (seen in Beam 2.70): with one shard
      // left to two threads, a third of both cores.
      options.setTargetParallelism(Math.min(parallelism, job.width()));
      // Measured: 200 MB of text take 3.2 s instead of 8.9 s; tests leave both on.
      options.setEnforceImmutability(false);
      options.setEnforceEncodability(false);
      return run(options, job);
    };
  }

  /** Flink inside this JVM. */
  public static Engine flinkLocal(int parallelism) {
    return job -> run(flink("[local]", parallelism, job), job);
  }

  /**
   * A Flink cluster.
   *
   * @param cluster where it listens
   * @param parallelism of a job; null for as many as the cluster has slots
   * @param jobJar what its workers run
   * @param patience how long to wait for a cluster that does not answer
   * @param listener hears what happens to a job
   */
  public static Engine flinkCluster(
      FlinkAddress cluster,
      @org.jspecify.annotations.Nullable Integer parallelism,
      Path jobJar,
      Duration patience,
      Consumer<String> listener) {
    return new FlinkSession(cluster, parallelism, jobJar, patience, listener);
  }

  static FlinkPipelineOptions flink(String master, int parallelism, Job job) {
    FlinkPipelineOptions options = PipelineOptionsFactory.create().as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setJobName(job.name());
    options.setFlinkMaster(master);
    options.setParallelism(parallelism);
    // Lost regions run again alone, and splits are handed out on demand.
    options.setExecutionModeForBatch("BATCH_FORCED");
    return options;
  }

  static Pipeline pipeline(PipelineOptions options, Job job) {
    options.setJobName(job.name());
    // These pipelines open stores by the run's own policy: no file system need look for a node.
    options.as(IpfsOptions.class).setCairnStore(StoreSettings.Choice.LOCAL);
    Pipeline pipeline = Pipeline.create(options);
    job.pipeline().accept(pipeline);
    return pipeline;
  }

  private static MetricResults run(PipelineOptions options, Job job) throws IOException {
    Pipeline pipeline = pipeline(options, job);
    try {
      PipelineResult result = pipeline.run();
      PipelineResult.State state = result.waitUntilFinish();
      if (state != PipelineResult.State.DONE) {
        throw new IOException("Cannot finish job: " + job.name() + " ended " + state + " (DONE)");
      }
      return result.metrics();
    } catch (RuntimeException e) {
      throw JobFailure.of(e);
    }
  }
}
