package dev.cairn.io.beam;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that become durable together. An action that names a folder of them all keeps them from gc
 * until the pipeline has made its own folder, which may be much later and by another process. Not
 * thread-safe.
 */
final class FileBatch implements Closeable {
  /** Files of a batch at most: their receipts wait in memory, some 300 bytes each. */
  private static final int MAX_FILES = 10_000;

  private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

  private final LocalStore store;
  private final BlockWriter writer;
  private final UnixFsWriter unixfs;
  private final List<FileReceipt> receipts = new ArrayList<>();

  /** Writes the bytes of one file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  FileBatch(LocalStore store) {
    this.store = store;
    this.writer = store.newWriter();
    this.unixfs = new UnixFsWriter(writer, TEMP);
  }

  void add(String path, Content content) throws IOException {
    FolderTree.checkPath(path);
    FileWriter file = unixfs.file();
    content.writeTo(file);
    Written written = file.finish();
    receipts.add(FileReceipt.local(path, written, written.size()));
  }

  boolean isFull() {
    return receipts.size() >= MAX_FILES;
  }

  /** Makes all files durable and ends the batch. */
  List<FileReceipt> seal() throws IOException {
    try (this) {
      Cid all = folderOfAll();
      writer.seal();
      store.actions().put(ActionKey.of("beam write").part(all.toBytes()).hex(), "", List.of(all));
      return List.copyOf(receipts);
    }
  }

  private Cid folderOfAll() throws IOException {
    try (DirectoryWriter folder = unixfs.directory()) {
      for (int i = 0; i < receipts.size(); i++) {
        FileReceipt receipt = receipts.get(i);
        folder.add(Integer.toString(i), Cid.parse(receipt.getCid()), receipt.getDagBytes());
      }
      return folder.finish().cid();
    }
  }

  /** Abandons what was not sealed. */
  @Override
  public void close() throws IOException {
    writer.close();
  }
}
