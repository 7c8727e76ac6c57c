package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A pack that is whole and forced, but not yet in place.
 *
 * @param path where it lies
 * @param name what it will be called
 * @param pack its file, open for reading
 */
record FinishedPack(Path path, String name, Pack pack) implements Closeable {
  static FinishedPack open(Home home, Path path, String name) throws IOException {
    return new FinishedPack(path, name, new Pack(home.disk().open(path), name, home.display(path)));
  }

  /** Renames it into place. */
  void publish(Home home) throws IOException {
    close();
    home.disk().rename(path, home.packs().resolve(PackFormat.fileName(name)));
  }

  @Override
  public void close() throws IOException {
    pack.close();
  }
}
