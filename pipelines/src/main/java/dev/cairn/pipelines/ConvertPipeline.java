package dev.cairn.pipelines;

import dev.cairn.transforms.convert.ConvertTables;
import dev.cairn.transforms.convert.TableTask;
import dev.cairn.transforms.record.Tasks;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;

/** {@code ReadTables -> ConvertTables}: from files to what became of them. */
final class ConvertPipeline {
  private ConvertPipeline() {}

  static Consumer<Pipeline> of(ConvertTables transform, List<TableTask> tasks) {
    return pipeline -> {
      Coder<TableTask> coder = Coders.of(pipeline, TableTask.class);
      pipeline
          .apply(
              "ReadTables",
              Read.from(Tasks.largestFirst(tasks, coder, TableTask::getBytes, TableTask::getKey)))
          .apply("ConvertTables", transform);
    };
  }
}
