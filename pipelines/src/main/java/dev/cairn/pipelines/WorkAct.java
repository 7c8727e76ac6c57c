package dev.cairn.pipelines;

import dev.cairn.models.ModelIdentity;
import dev.cairn.transforms.embed.EmbedSettings;
import dev.cairn.transforms.embed.ShardTask;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/** The third act: every shard that is not known is computed. */
final class WorkAct {
  private final EmbedConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final RunFolder folder;
  private final ShardLookup lookup;

  WorkAct(
      EmbedConfig config,
      Engine engine,
      RunListener listener,
      RunFolder folder,
      ShardLookup lookup) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.folder = folder;
    this.lookup = lookup;
  }

  /** Works; the metrics of the last job. */
  @Nullable MetricResults work(
      List<ShardTask> tasks, InputListing input, ModelIdentity model, RunKey key)
      throws IOException {
    EmbedSettings settings =
        new EmbedSettings(
            new WorkerStore(config.policy(), folder.newProof()),
            config.source(),
            input.place(),
            config.model(),
            model.digest(),
            config.chunks(),
            config.titleContext(),
            folder.progress().toString());
    String name = key.job("embed");
    ProgressWatch watch = ProgressWatch.start(folder, name, tasks, listener);
    try {
      @Nullable MetricResults metrics =
          new RepeatedJob<ShardTask>(engine, listener) {
            @Override
            Job job(List<ShardTask> left) {
              return new Job(name, left.size(), WorkPipeline.of(settings, left));
            }

            @Override
            List<ShardTask> unfinished(List<ShardTask> tasks) throws IOException {
              List<ShardTask> left = new ArrayList<>();
              for (ShardTask task : tasks) {
                if (!lookup.isComputed(task.getKey())) {
                  left.add(task);
                }
              }
              return left;
            }
          }.run(tasks);
      folder.done();
      return metrics;
    } finally {
      watch.close();
    }
  }
}
