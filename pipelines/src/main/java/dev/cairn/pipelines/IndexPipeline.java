package dev.cairn.pipelines;

import dev.cairn.transforms.index.IndexShards;
import dev.cairn.transforms.index.IndexTask;
import dev.cairn.transforms.record.Tasks;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;

/** {@code ReadShards -> IndexShards}: from files of chunks to segments. */
final class IndexPipeline {
  private IndexPipeline() {}

  static Consumer<Pipeline> of(IndexShards transform, List<IndexTask> tasks) {
    return pipeline -> {
      Coder<IndexTask> coder = Coders.of(pipeline, IndexTask.class);
      pipeline
          .apply(
              "ReadShards",
              Read.from(Tasks.largestFirst(tasks, coder, IndexTask::getBytes, IndexTask::getKey)))
          .apply("IndexShards", transform);
    };
  }
}
