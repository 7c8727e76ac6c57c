package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The packs that were used last, kept open. Safe for use by several threads. */
final class OpenPacks implements Closeable {
  /** Packs open at once: a quarter of the file handles that a process usually may have. */
  private static final int MAX_OPEN = 256;

  private final Home home;
  private final Path folder;
  private final Map<String, Pack> open = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  OpenPacks(Home home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  /**
   * A pack to read from and close.
   *
   * @throws java.nio.file.NoSuchFileException if it is gone
   */
  synchronized Pack acquire(String name) throws IOException {
    if (closed) {
      throw new IllegalStateException("Cannot read store: " + home.root() + " (closed)");
    }
    Pack pack = open.get(name);
    if (pack == null) {
      Path path = folder.resolve(PackFormat.fileName(name));
      pack = new Pack(home.disk().open(path), name, home.display(path));
      open.put(name, pack);
      evict();
    }
    return pack.retain();
  }

  /** Forgets a pack whose file was replaced. */
  synchronized void forget(String name) throws IOException {
    @Nullable Pack pack = open.remove(name);
    if (pack != null) {
      pack.close();
    }
  }

  private void evict() throws IOException {
    Iterator<Pack> eldest = open.values().iterator();
    while (open.size() > MAX_OPEN) {
      Pack pack = eldest.next();
      eldest.remove();
      pack.close();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    for (Pack pack : open.values()) {
      pack.close();
    }
    open.clear();
  }
}
