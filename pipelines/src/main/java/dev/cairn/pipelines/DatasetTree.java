package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** A folder of files that are known by their paths, put together bottom-up. For one thread. */
public final class DatasetTree {
  private final UnixFsWriter objects;
  private final Map<String, DirectoryWriter> folders = new TreeMap<>();

  /** A tree without files, to be written into {@code objects}. */
  public DatasetTree(UnixFsWriter objects) {
    this.objects = objects;
  }

  /**
   * Adds a file that was written before.
   *
   * @param tsize of all its blocks, as {@link Written} counts them
   */
  public void add(String path, Cid file, long tsize) throws IOException {
    int slash = path.lastIndexOf('/');
    folder(slash < 0 ? "" : path.substring(0, slash)).add(path.substring(slash + 1), file, tsize);
  }

  /** Writes a small file; the bytes of its content. */
  public long add(String path, byte[] content) throws IOException {
    FileWriter file = objects.file();
    file.write(content);
    Written written = file.finish();
    add(path, written.cid(), written.tsize());
    return written.size();
  }

  /** Writes the folders and returns the root. */
  public Cid finish() throws IOException {
    // Children before parents: the longer path sorts behind its prefix.
    for (var entry : new TreeMap<>(folders).descendingMap().entrySet()) {
      if (!entry.getKey().isEmpty()) {
        Written folder = entry.getValue().finish();
        add(entry.getKey(), folder.cid(), folder.tsize());
      }
    }
    return folder("").finish().cid();
  }

  private DirectoryWriter folder(String path) {
    if (!path.isEmpty()) {
      int slash = path.lastIndexOf('/');
      folder(slash < 0 ? "" : path.substring(0, slash));
    }
    return folders.computeIfAbsent(path, p -> objects.directory());
  }
}
