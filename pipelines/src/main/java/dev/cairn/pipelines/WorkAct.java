package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.transforms.embed.EmbedSettings;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.embed.ShardTask;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/** The third act: every shard that is not known is computed. */
final class WorkAct {
  private final EmbedConfig config;
  private final Engine engine;
  private final RunListener listener;
  private final Workplace workplace;
  private final LocalStore store;

  WorkAct(
      EmbedConfig config,
      Engine engine,
      RunListener listener,
      Workplace workplace,
      LocalStore store) {
    this.config = config;
    this.engine = engine;
    this.listener = listener;
    this.workplace = workplace;
    this.store = store;
  }

  /** Works; the metrics of the last job, null if there was nothing to do. */
  @Nullable MetricResults work(
      List<ShardTask> tasks,
      List<String> vectorIndexes,
      InputListing input,
      ModelRef ref,
      ModelIdentity model,
      RunKey key)
      throws IOException {
    if (tasks.isEmpty()) {
      return null;
    }
    EmbedSettings settings =
        new EmbedSettings(
            workplace.open(needed(tasks, vectorIndexes, input, ref)),
            config.source(),
            input.place(),
            ref.toString(),
            model,
            config.access().limits(),
            config.chunks(),
            config.vectors(),
            vectorIndexes,
            workplace.progressFolder());
    String name = key.job("embed");
    ProgressWatch watch = ProgressWatch.start(workplace, name, tasks, listener);
    try {
      @Nullable MetricResults metrics =
          new KeyedJob<ShardTask>(
                  engine, listener, store, workplace, task -> ShardReceipt.action(task.getKey()))
              .run(name, tasks, left -> WorkPipeline.of(settings, left));
      workplace.done();
      return metrics;
    } finally {
      watch.close();
    }
  }

  private static Map<String, Cid> needed(
      List<ShardTask> tasks, List<String> vectorIndexes, InputListing input, ModelRef model)
      throws IOException {
    Map<String, Cid> needed = new TreeMap<>();
    needed.put("input", input.root());
    needed.put("plan", Cid.parse(tasks.get(0).getPlan())); // all shards of a plan are in one object
    model.root().ifPresent(root -> needed.put("model", root));
    for (String index : vectorIndexes) {
      needed.put("vectors-" + index, Cid.parse(index));
    }
    for (ShardTask task : tasks) {
      for (String file : task.getEarlier()) {
        needed.put("chunks-" + file, Cid.parse(file));
      }
    }
    return needed;
  }
}
