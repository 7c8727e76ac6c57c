package dev.cairn.io.beam;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.apache.beam.sdk.io.FileSystem.LineageLevel;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Puts all files together as one folder and pins it. Done again, it does the same again. */
final class PinFolderFn extends DoFn<KV<Integer, Iterable<@Nullable FileReceipt>>, FileReceipt> {
  private static final long serialVersionUID = 1L;

  private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

  private final String reason;
  private transient @Nullable String policy;

  PinFolderFn(String reason) {
    this.reason = reason;
  }

  @Setup
  public void setUp(PipelineOptions options) {
    policy = OpenStore.policy(options);
  }

  @ProcessElement
  public void pin(
      @Element KV<Integer, Iterable<@Nullable FileReceipt>> files, OutputReceiver<FileReceipt> out)
      throws IOException {
    try (TieredStore tiers = open()) {
      LocalStore store = tiers.local();
      FileReceipt root = write(store, files.getValue());
      Cid cid = Cid.parse(root.getCid());
      // The files were stored by other processes: none may go before the pin holds them.
      store.keep(cid);
      store.pins().add(cid, Pin.Kind.PERSISTENT, reason);
      Receipt receipt = new Delivery(tiers).deliver(cid, reason);
      IpfsUri address = new IpfsUri(IpfsUri.IPFS, root.getCid(), "");
      FileSystems.reportSinkLineage(IpfsResourceId.file(address), LineageLevel.TOP_LEVEL);
      out.output(root.delivered(receipt));
    }
  }

  private TieredStore open() throws IOException {
    return PolicyOption.decode(Objects.requireNonNull(policy, "set up")).open();
  }

  private static FileReceipt write(LocalStore store, Iterable<@Nullable FileReceipt> files)
      throws IOException {
    long bytes = 0;
    try (BlockWriter writer = store.newWriter();
        FolderTree tree = new FolderTree(new UnixFsWriter(writer, TEMP))) {
      for (FileReceipt file : files) {
        if (file != null) {
          tree.add(file.getPath(), Cid.parse(file.getCid()), file.getDagBytes());
          bytes += file.getBytes();
        }
      }
      Written root = tree.finish();
      writer.seal();
      return FileReceipt.local("", root, bytes);
    }
  }
}
