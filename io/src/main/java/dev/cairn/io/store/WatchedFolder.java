package dev.cairn.io.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A folder that is listed again and again, and tells when that is not needed: listing thousands of
 * packs for each block that is missing would take milliseconds. Not thread-safe.
 */
final class WatchedFolder {
  /**
   * What must pass between the first sight of a stamp and a listing before the stamp vouches for
   * it: later changes then cannot have this stamp any more. File systems stamp by ticks of up to
   * two seconds; one that tells parts of a second ticks 100 times in it or more often.
   */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final long FINE_SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Disk disk;
  private final Machine machine;
  private final Path folder;
  private long stamp;
  private long stampSeen;
  private long listed;

  WatchedFolder(Home home, Path folder) {
    this.disk = home.disk();
    this.machine = home.machine();
    this.folder = folder;
    this.stampSeen = machine.nanoTime();
    this.listed = stampSeen;
  }

  /** True if the last listing is surely still what is there. */
  boolean isUnchanged() throws IOException {
    long now = disk.changed(folder);
    if (now != stamp) {
      stamp = now;
      stampSeen = machine.nanoTime();
    }
    boolean fine = stamp % TimeUnit.SECONDS.toNanos(1) != 0;
    return listed - stampSeen > (fine ? FINE_SETTLED_NANOS : SETTLED_NANOS);
  }

  /** Nanoseconds since the last listing. */
  long sinceListed() {
    return machine.nanoTime() - listed;
  }

  List<String> list() throws IOException {
    listed = machine.nanoTime();
    return disk.list(folder);
  }
}
