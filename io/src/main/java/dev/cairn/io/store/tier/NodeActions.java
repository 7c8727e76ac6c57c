package dev.cairn.io.store.tier;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.kubo.KuboFiles;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.kubo.MfsEntry;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Actions in a node's mutable file system (storage.md, 5): each a folder {@code
 * /cairn/actions/<key>} that holds its value and what that names, so that one name, given at once,
 * holds all of it through the node's garbage collection. One that the node has not whole is none.
 */
final class NodeActions {
  private static final String FOLDER = "/cairn/actions";
  private static final String VALUE = "action";

  /** Bytes of a value at most: as much as an action of the local store takes. */
  private static final int MAX_VALUE_BYTES = 1 << 16;

  private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

  private final KuboStore node;
  private final KuboFiles files;

  NodeActions(KuboStore node) {
    this.node = node;
    this.files = node.client().files();
  }

  /**
   * An action that is whole on the node.
   *
   * @param folder that holds it
   * @param objects that the value names
   */
  record Found(Cid folder, String value, List<Cid> objects) {
    Found {
      objects = List.copyOf(objects);
    }
  }

  /** The keys of all actions, whole or not. */
  Set<String> keys() throws IOException {
    return files.list(FOLDER).stream().map(MfsEntry::name).collect(Collectors.toSet());
  }

  Optional<Found> find(String key) throws IOException {
    Optional<MfsEntry> entry = files.stat(path(key));
    if (entry.isEmpty() || !isWhole(node, entry.get().cid())) {
      return Optional.empty();
    }
    Cid folder = entry.get().cid();
    UnixFs read = new UnixFs(node);
    List<Cid> objects = new ArrayList<>();
    String value = null;
    Listing entries = read.list(folder);
    while (entries.hasNext()) {
      DirEntry each = entries.next();
      if (each.name().equals(VALUE)) {
        value = text(read, each.cid());
      } else {
        objects.add(each.cid());
      }
    }
    if (value == null) {
      throw new MalformedContentException("Cannot read action: " + path(key) + " (with a value)");
    }
    return Optional.of(new Found(folder, value, objects));
  }

  /** Names an action; one of the same key that is whole stays, since it says the same. */
  void put(String key, String value, List<Cid> objects) throws IOException {
    Cid folder = write(value, objects);
    try {
      files.copy(folder, path(key));
    } catch (FileAlreadyExistsException e) {
      if (find(key).isEmpty()) {
        files.remove(path(key));
        files.copy(folder, path(key));
      }
    }
  }

  void remove(String key) throws IOException {
    files.remove(path(key));
  }

  private Cid write(String value, List<Cid> objects) throws IOException {
    try (BlockWriter writer = node.newWriter()) {
      UnixFsWriter out = new UnixFsWriter(writer, TEMP);
      FileWriter text = out.file();
      text.write(value.getBytes(StandardCharsets.UTF_8));
      try (DirectoryWriter folder = out.directory()) {
        folder.add(VALUE, text.finish());
        for (int i = 0; i < objects.size(); i++) {
          folder.add(Integer.toString(i), objects.get(i), StoredSize.of(node, objects.get(i)));
        }
        Cid cid = folder.finish().cid();
        writer.seal();
        return cid;
      }
    }
  }

  /** True if the node has a DAG whole; its blocks are read there, and not hashed. */
  static boolean isWhole(KuboStore node, Cid root) throws IOException {
    try {
      node.client().dagStat(root);
      return true;
    } catch (MissingBlockException e) {
      return false;
    }
  }

  private static String text(UnixFs read, Cid file) throws IOException {
    try (InputStream in = read.openStream(file)) {
      byte[] bytes = in.readNBytes(MAX_VALUE_BYTES + 1);
      if (bytes.length > MAX_VALUE_BYTES) {
        throw new MalformedContentException(
            "Cannot read action: " + file + " (at most " + MAX_VALUE_BYTES + " bytes)");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private static String path(String key) {
    return FOLDER + "/" + key;
  }
}
