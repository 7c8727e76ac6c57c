package dev.cairn.io.beam;

import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Stores files in batches, a receipt for each once its batch is durable and kept from gc. */
final class StoreFilesFn<ContentT> extends DoFn<KV<String, ContentT>, FileReceipt> {
  private static final long serialVersionUID = 1L;

  private final FileBody<ContentT> body;
  private transient @Nullable TieredStore store;
  private transient @Nullable FileBatch batch;

  StoreFilesFn(FileBody<ContentT> body) {
    this.body = body;
  }

  @Setup
  public void open(PipelineOptions options) throws IOException {
    store = PolicyOption.decode(OpenStore.policy(options)).open();
  }

  @ProcessElement
  public void store(@Element KV<String, ContentT> file, OutputReceiver<FileReceipt> out)
      throws IOException {
    FileBatch open = batch;
    if (open == null) {
      open = new FileBatch(Objects.requireNonNull(store, "opened in setup").local());
      batch = open;
    }
    open.add(file.getKey(), bytes -> body.write(file.getValue(), bytes));
    if (open.isFull()) {
      batch = null;
      open.seal().forEach(out::output);
    }
  }

  @FinishBundle
  public void finish(FinishBundleContext context) throws IOException {
    FileBatch open = batch;
    batch = null;
    if (open != null) {
      open.seal()
          .forEach(
              receipt ->
                  context.output(
                      receipt, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
    }
  }

  @Teardown
  public void close() throws IOException {
    FileBatch open = batch;
    batch = null;
    if (open != null) {
      open.close();
    }
    if (store != null) {
      store.close();
    }
  }
}
