package dev.cairn.pipelines;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The Direct runner with all of its checks on; it remembers the jobs that it ran. */
final class TestEngine implements Engine {
  private final int parallelism;
  private final List<String> jobs = new ArrayList<>();

  TestEngine(int parallelism) {
    this.parallelism = parallelism;
  }

  @Override
  public MetricResults run(Job job) throws IOException {
    jobs.add(job.name());
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setTargetParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    job.pipeline().accept(pipeline);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    return result.metrics();
  }

  List<String> jobs() {
    return jobs;
  }
}
