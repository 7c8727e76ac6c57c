package dev.cairn.io.beam;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;

/** Folders of small files in a writer, the content of each its own path. */
final class Folders {
  static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

  private Folders() {}

  static Cid write(BlockWriter out, Collection<String> paths) throws IOException {
    UnixFsWriter unixfs = new UnixFsWriter(out, TEMP);
    try (FolderTree tree = new FolderTree(unixfs)) {
      for (String path : paths) {
        Written file = file(out, path.getBytes(StandardCharsets.UTF_8));
        tree.add(path, file.cid(), file.tsize());
      }
      return tree.finish().cid();
    }
  }

  static Written file(BlockWriter out, byte[] content) throws IOException {
    FileWriter file = new UnixFsWriter(out, TEMP).file();
    file.write(content);
    return file.finish();
  }
}
