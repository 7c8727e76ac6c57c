package dev.cairn.pipelines;

import dev.cairn.transforms.record.AddressRecords;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.Tasks;
import dev.cairn.transforms.record.WorkerStore;
import java.util.List;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;

/** {@code ReadFiles -> AddressRecords}: from files to the addresses of their records. */
final class PlanPipeline {
  private PlanPipeline() {}

  static Consumer<Pipeline> of(
      WorkerStore store, RecordSource source, InputRoot root, List<FileBatch> batches) {
    return pipeline -> {
      Coder<FileBatch> coder = Coders.of(pipeline, FileBatch.class);
      pipeline
          .apply("ReadFiles", Read.from(Tasks.of(batches, coder, FileBatch::getBytes)))
          .apply("AddressRecords", AddressRecords.of(store, source, root));
    };
  }
}
