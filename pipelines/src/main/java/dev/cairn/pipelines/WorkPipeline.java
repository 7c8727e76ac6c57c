package dev.cairn.pipelines;

import dev.cairn.transforms.embed.EmbedSettings;
import dev.cairn.transforms.embed.EmbedShard;
import dev.cairn.transforms.embed.ShardTask;
import dev.cairn.transforms.record.Tasks;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;

/** {@code ReadShards -> EmbedShard}: from addresses to the files of a dataset. */
final class WorkPipeline {
  private WorkPipeline() {}

  static Consumer<Pipeline> of(EmbedSettings settings, List<ShardTask> tasks) {
    return pipeline -> {
      Coder<ShardTask> coder = Coders.of(pipeline, ShardTask.class);
      pipeline
          .apply(
              "ReadShards",
              Read.from(
                  Tasks.largestFirst(tasks, coder, ShardTask::getTextBytes, ShardTask::getKey)))
          .apply("EmbedShard", EmbedShard.with(settings));
    };
  }
}
