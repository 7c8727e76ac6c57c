package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * Folders inside each other, put together from the paths of their files in any order. Folders past
 * the plain limit are sorted on disk, so memory grows with the number of folders and not of files.
 * Not thread-safe.
 */
final class FolderTree implements Closeable {
  /** Bytes of a path at most: PATH_MAX of Linux. */
  static final int MAX_PATH_BYTES = 4096;

  private final UnixFsWriter unixfs;
  private final DirectoryWriter entries;
  private final Map<String, FolderTree> folders = new TreeMap<>();

  FolderTree(UnixFsWriter unixfs) {
    this.unixfs = unixfs;
    this.entries = unixfs.directory();
  }

  /**
   * Refuses what is no path of a file.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void checkPath(String path) {
    for (String step : path.split("/", -1)) {
      boolean plain = !step.isEmpty() && !step.equals(".") && !step.equals("..");
      if (!plain || step.indexOf('\0') >= 0) {
        throw new IllegalArgumentException(
            "Cannot write file: '" + path.replace('\0', '?') + "' (a path below the folder)");
      }
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "Cannot write file: " + path + " (at most " + MAX_PATH_BYTES + " bytes of path)");
    }
  }

  /**
   * Adds a file that was written.
   *
   * @throws dev.cairn.io.unixfs.RefusedPathException if its path is taken, here or by {@link
   *     #finish}
   */
  void add(String path, Cid cid, long dagBytes) throws IOException {
    int slash = path.indexOf('/');
    if (slash < 0) {
      entries.add(path, cid, dagBytes);
      return;
    }
    folders
        .computeIfAbsent(path.substring(0, slash), name -> new FolderTree(unixfs))
        .add(path.substring(slash + 1), cid, dagBytes);
  }

  /** Ends all folders, the innermost first, and returns the outermost. */
  Written finish() throws IOException {
    for (Map.Entry<String, FolderTree> folder : folders.entrySet()) {
      entries.add(folder.getKey(), folder.getValue().finish());
    }
    return entries.finish();
  }

  @Override
  public void close() throws IOException {
    for (FolderTree folder : folders.values()) {
      folder.close();
    }
    entries.close();
  }
}
