package dev.cairn.io.beam;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;

/** What {@link IpfsIO#write} tells. */
public final class IpfsWriteResult implements POutput {
  private final Pipeline pipeline;
  private final TupleTag<FileReceipt> filesTag = new TupleTag<>() {};
  private final TupleTag<FileReceipt> rootTag = new TupleTag<>() {};
  private final PCollection<FileReceipt> files;
  private final PCollection<FileReceipt> root;

  IpfsWriteResult(
      Pipeline pipeline, PCollection<FileReceipt> files, PCollection<FileReceipt> root) {
    this.pipeline = pipeline;
    this.files = files;
    this.root = root;
  }

  /** A receipt for each file, as soon as its batch is durable. */
  public PCollection<FileReceipt> getFiles() {
    return files;
  }

  /** One receipt: for the folder of all files, when it is pinned. */
  public PCollection<FileReceipt> getRoot() {
    return root;
  }

  @Override
  public Pipeline getPipeline() {
    return pipeline;
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(filesTag, files, rootTag, root);
  }

  @Override
  public void finishSpecifyingOutput(String name, PInput input, PTransform<?, ?> transform) {}
}
