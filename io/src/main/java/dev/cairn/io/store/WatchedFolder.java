package dev.cairn.io.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A folder that is listed again and again, and tells when that is not needed: listing thousands of
 * packs for each block that is missing would take milliseconds. Not thread-safe.
 */
final class WatchedFolder {
  /**
   * What must pass between the first sight of a stamp and a listing before the stamp vouches for
   * it: later changes then cannot have this stamp any more. File systems stamp by ticks of up to
   * two seconds.
   */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Disk disk;
  private final Path folder;
  private long stamp;
  private long stampSeen;
  private long listed;

  WatchedFolder(Disk disk, Path folder) {
    this.disk = disk;
    this.folder = folder;
    this.stampSeen = System.nanoTime();
    this.listed = stampSeen;
  }

  /** True if the last listing is surely still what is there. */
  boolean isUnchanged() throws IOException {
    long now = disk.changed(folder);
    if (now != stamp) {
      stamp = now;
      stampSeen = System.nanoTime();
    }
    return listed - stampSeen > SETTLED_NANOS;
  }

  /** Nanoseconds since the last listing. */
  long sinceListed() {
    return System.nanoTime() - listed;
  }

  Set<String> list() throws IOException {
    listed = System.nanoTime();
    return new HashSet<>(disk.list(folder));
  }
}
