package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Datasets of older commits that were let go: what only they have goes with the next collection. A
 * pin, or a ref that names one now, keeps it all the same. Safe for use by several threads and
 * processes.
 */
public final class Dropped {
  static final String FOLDER = "dropped";

  private final RootFolder files;

  Dropped(Home home) {
    this.files = new RootFolder(home, FOLDER, "cairn-dropped");
  }

  /** Lets a dataset go, durably. */
  public void add(Cid dataset) throws IOException {
    files.write(dataset, Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  /** Keeps it again, durably. */
  public void remove(Cid dataset) throws IOException {
    files.remove(dataset);
  }

  /**
   * True if it was let go.
   *
   * @throws dev.cairn.io.block.IntegrityException if what says so is damaged
   */
  public boolean contains(Cid dataset) throws IOException {
    return files.read(dataset) != null;
  }
}
