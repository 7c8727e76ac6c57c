package dev.cairn.pipelines;

import dev.cairn.transforms.embed.EmbedSettings;
import dev.cairn.transforms.embed.EmbedShard;
import dev.cairn.transforms.embed.ShardTask;
import dev.cairn.transforms.record.Tasks;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;

/** {@code ReadShards -> EmbedShard}: from addresses to the files of a dataset. */
final class WorkPipeline {
  private WorkPipeline() {}

  static Consumer<Pipeline> of(EmbedSettings settings, List<ShardTask> tasks) {
    List<ShardTask> largestFirst = new java.util.ArrayList<>(tasks);
    largestFirst.sort(
        Comparator.comparingLong(ShardTask::getTextBytes)
            .reversed()
            .thenComparing(ShardTask::getKey));
    return pipeline -> {
      Coder<ShardTask> coder = Coders.of(pipeline, ShardTask.class);
      pipeline
          .apply("ReadShards", Read.from(Tasks.of(largestFirst, coder, ShardTask::getTextBytes)))
          .apply("EmbedShard", EmbedShard.with(settings));
    };
  }
}
