package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a dataset's chunks as plain files in the cache, where DuckDB can map them: named by
 * CID, so that datasets share what is equal, and hashed each time that a session opens them.
 */
final class ChunkFiles {
  private final BlockStore store;
  private final Path folder;

  ChunkFiles(BlockStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /** All of them whole, in order. Processes may do this at once. */
  List<Path> ready(List<DataFile> files) throws IOException {
    Files.createDirectories(folder);
    List<Path> paths = new ArrayList<>();
    for (DataFile file : files) {
      paths.add(ready(file));
    }
    return paths;
  }

  private Path ready(DataFile file) throws IOException {
    Path path = folder.resolve(file.cid() + ".parquet");
    if (!isWhole(path, file)) {
      write(path, file.cid());
    }
    return path;
  }

  private static boolean isWhole(Path path, DataFile file) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && Files.size(path) == file.bytes()
        && cidOf(path).equals(file.cid());
  }

  private static Cid cidOf(Path path) throws IOException {
    FileWriter hash = new UnixFsWriter(BlockWriter.discarding(), SystemTemp.FOLDER).file();
    Files.copy(path, hash);
    return hash.finish().cid();
  }

  private void write(Path path, Cid cid) throws IOException {
    Path temp = Files.createTempFile(folder, ".", ".tmp");
    try {
      try (InputStream in = new UnixFs(store).openStream(cid);
          OutputStream out = Files.newOutputStream(temp)) {
        in.transferTo(out);
      }
      if (!cidOf(temp).equals(cid)) {
        throw new IntegrityException("Cannot copy file: " + cid + " (its bytes)");
      }
      Files.move(temp, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temp);
    }
  }
}
