package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
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

/**
 * Files of a store as plain files, where libraries can map them. Each is hashed before it is used.
 */
final class PlainFiles {
  private final BlockStore store;

  PlainFiles(BlockStore store) {
    this.store = store;
  }

  /** Sees to it that a whole copy of a file is at a path. Processes may do this at once. */
  void ready(Path path, Cid cid, long bytes) throws IOException {
    if (!isWhole(path, cid, bytes)) {
      write(path, cid);
    }
  }

  /** True if a whole copy of a file is at a path. */
  static boolean isWhole(Path path, Cid cid, long bytes) throws IOException {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && Files.size(path) == bytes
        && cidOf(path).equals(cid);
  }

  private static Cid cidOf(Path path) throws IOException {
    FileWriter hash = new UnixFsWriter(BlockWriter.discarding(), SystemTemp.FOLDER).file();
    Files.copy(path, hash);
    return hash.finish().cid();
  }

  private void write(Path path, Cid cid) throws IOException {
    Path temp = Files.createTempFile(path.getParent(), ".", ".tmp");
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
