package dev.cairn.io.beam;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Writes elements as files of one folder into the store; see {@link IpfsIO#write()}. The key of an
 * element is the path of its file below the folder: steps with {@code /} between them, each path
 * once.
 *
 * <p>Files go into the store in the bundles in which they come, so a repeated bundle stores the
 * same bytes under the same CIDs, which costs no space. The folder is put together and pinned in
 * one last step; its CID depends on paths and bytes alone, not on bundles, runner or order. Until
 * then what was stored is kept from gc for 14 days.
 */
@AutoValue
public abstract class IpfsWrite<ContentT>
    extends PTransform<PCollection<KV<String, ContentT>>, IpfsWriteResult> {
  private static final long serialVersionUID = 1L;

  /** All receipts meet under one key. */
  private static final int ALL = 0;

  /** Stands among the receipts, so that no file at all still makes a folder. */
  private static final @Nullable FileReceipt NO_FILE = null;

  static <ContentT> IpfsWrite<ContentT> of(FileBody<ContentT> body) {
    return new AutoValue_IpfsWrite.Builder<ContentT>()
        .setBody(body)
        .setPinReason("written by a Beam pipeline")
        .build();
  }

  abstract FileBody<ContentT> getBody();

  abstract String getPinReason();

  abstract Builder<ContentT> toBuilder();

  @AutoValue.Builder
  abstract static class Builder<ContentT> {
    abstract Builder<ContentT> setBody(FileBody<ContentT> body);

    abstract Builder<ContentT> setPinReason(String reason);

    abstract IpfsWrite<ContentT> build();
  }

  /** What the folder's pin says of itself: a few words for people. */
  public IpfsWrite<ContentT> withPinReason(String reason) {
    return toBuilder().setPinReason(reason).build();
  }

  @Override
  public IpfsWriteResult expand(PCollection<KV<String, ContentT>> contents) {
    if (contents.isBounded() == IsBounded.UNBOUNDED) {
      throw new IllegalArgumentException(
          "Cannot write folder: " + contents.getName() + " (bounded: it must end to have a CID)");
    }
    Coder<FileReceipt> coder = receiptCoder(contents.getPipeline());
    Coder<KV<Integer, @Nullable FileReceipt>> keyed =
        KvCoder.of(VarIntCoder.of(), NullableCoder.of(coder));
    PCollection<FileReceipt> files =
        contents
            .apply("Unwindow", Window.into(new GlobalWindows()))
            .apply("StoreFiles", ParDo.of(new StoreFilesFn<>(getBody())))
            .setCoder(coder);
    PCollection<FileReceipt> root =
        PCollectionList.of(files.apply("Key", ParDo.of(new KeyFn())).setCoder(keyed))
            .and(
                contents
                    .getPipeline()
                    .apply("EvenIfEmpty", Create.of(KV.of(ALL, NO_FILE)).withCoder(keyed)))
            .apply("All", Flatten.pCollections())
            .apply("Collect", GroupByKey.create())
            .apply("PinFolder", ParDo.of(new PinFolderFn(getPinReason())))
            .setCoder(coder);
    return new IpfsWriteResult(contents.getPipeline(), files, root);
  }

  private static Coder<FileReceipt> receiptCoder(Pipeline pipeline) {
    try {
      return pipeline.getSchemaRegistry().getSchemaCoder(FileReceipt.class);
    } catch (NoSuchSchemaException e) {
      throw new AssertionError("the class declares its schema", e);
    }
  }

  /** Brings receipts together. */
  static final class KeyFn extends DoFn<FileReceipt, KV<Integer, @Nullable FileReceipt>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void key(
        @Element FileReceipt receipt, OutputReceiver<KV<Integer, @Nullable FileReceipt>> out) {
      out.output(KV.of(ALL, receipt));
    }
  }
}
