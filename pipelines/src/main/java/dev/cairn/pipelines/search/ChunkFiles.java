package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.dataset.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * The files of a dataset's chunks as plain files in the cache: named by CID, so that datasets share
 * what is equal, and hashed once by each session that reads them. For one thread.
 */
final class ChunkFiles {
  private final PlainFiles copies;
  private final Path folder;
  private final List<DataFile> files;
  private final BitSet ready = new BitSet();

  ChunkFiles(BlockStore store, Path folder, List<DataFile> files) {
    this.copies = new PlainFiles(store);
    this.folder = folder;
    this.files = files;
  }

  /** Where they are, once they are ready, in their order. */
  List<Path> paths() {
    return files.stream().map(this::path).toList();
  }

  /** Rows of all files. */
  long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  private Path path(DataFile file) {
    return folder.resolve(file.cid() + ".parquet");
  }

  /** Makes all ready to be read. */
  void readyAll() throws IOException {
    for (int i = 0; i < files.size(); i++) {
      ready(i);
    }
  }

  /** Makes a file ready to be read. */
  void ready(int number) throws IOException {
    if (!ready.get(number)) {
      Files.createDirectories(folder);
      DataFile file = files.get(number);
      copies.ready(path(file), file.cid(), file.bytes());
      ready.set(number);
    }
  }
}
