package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.FolderGet;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file or folder of a result, written beside its place and moved there when it is whole. A file
 * may replace a file; a folder replaces nothing.
 */
public final class ReplacedFile {
  private final Path path;

  private ReplacedFile(Path path) {
    this.path = path;
  }

  /** Writes a file. */
  @FunctionalInterface
  public interface Content {
    void into(OutputStream out) throws IOException;
  }

  /**
   * A place.
   *
   * @throws RefusedOutputException if a folder is there
   */
  public static ReplacedFile of(Path path) throws RefusedOutputException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new RefusedOutputException(path);
    }
    return new ReplacedFile(path);
  }

  /** Writes a file there; its bytes. */
  public long write(Content content) throws IOException {
    Path part = part();
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 20)) {
        content.into(out);
      }
      long bytes = Files.size(part);
      Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
      return bytes;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Writes a file or folder of the store there. */
  public void get(BlockStore store, Cid root) throws IOException {
    Path part = part();
    try {
      new FolderGet(store).get(root, part);
      if (Files.isDirectory(part)) {
        Files.move(part, path);
      } else {
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      delete(part);
    }
  }

  private Path part() throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
    Files.createDirectories(parent);
    Path part = parent.resolve("." + absolute.getFileName() + ".part");
    delete(part);
    return part;
  }

  /** Deletes a file or a folder with all that is in it, if it is there. */
  public static void delete(Path tree) throws IOException {
    if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      OutputFolder.delete(tree);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
