package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a small file for each of some roots. Whoever is told that a file was written or
 * removed may count on it through a power loss. Safe for use by several threads and processes; of
 * two that write one root's file at once the last stays.
 */
final class RootFolder {
  private final Home home;
  private final String folder;
  private final String kind;

  /**
   * Of a home.
   *
   * @param folder its name below the home
   * @param kind what its files are, for their titles
   */
  RootFolder(Home home, String folder, String kind) {
    this.home = home;
    this.folder = folder;
    this.kind = kind;
  }

  void write(Cid root, String body) throws IOException {
    byte[] bytes = SmallFile.encode(title(name(root)), body);
    home.openForWriting();
    home.writeDurably(path().resolve(name(root)), bytes);
  }

  /** Makes durable what another process may have only just renamed or deleted. */
  void force() throws IOException {
    if (home.disk().exists(path())) {
      home.disk().forceFolder(path());
    }
  }

  /**
   * Removes a root's file.
   *
   * @return false if there was none
   */
  boolean remove(Cid root) throws IOException {
    if (!home.exists()) {
      return false;
    }
    // Needs no registered writer, and so no room: on a full disk it comes before gc.
    Path file = path().resolve(name(root));
    boolean present = home.disk().exists(file);
    home.disk().delete(file);
    force();
    return present;
  }

  /** The body of a root's file, under any version of its CID; null if there is none. */
  @Nullable String read(Cid root) throws IOException {
    return home.exists() ? read(name(root)) : null;
  }

  /** The names of all files. */
  List<String> names() throws IOException {
    return home.exists() ? home.disk().list(path()) : List.of();
  }

  /**
   * The body of a file; null if it was removed meanwhile.
   *
   * @throws dev.cairn.io.block.IntegrityException naming it, if it is damaged
   */
  @Nullable String read(String name) throws IOException {
    try {
      return SmallFile.read(home.disk(), path().resolve(name), title(name));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** A file as messages name it. */
  Path file(String name) {
    return path().resolve(name);
  }

  private Path path() {
    return home.folder(folder);
  }

  /** Base32 has one case: some file systems do not tell base58's two apart. */
  static String name(Cid cid) {
    return Cid.v1(cid.codec(), cid.multihash()).toString();
  }

  private String title(String name) {
    return kind + ' ' + name;
  }
}
