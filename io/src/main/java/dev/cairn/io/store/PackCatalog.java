package dev.cairn.io.store;

import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which packs there are, and the runs over them, as last listed. Runs are few and listed at once;
 * packs may be 100,000 and are listed when a block is in no run, or this process writes. Safe for
 * use by several threads.
 */
final class PackCatalog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PackCatalog.class);

  /** Loose packs up to which a look-up that asks each of them is quick enough. */
  private static final int MAX_LOOSE = 64;

  /** Loose packs from which on waiting for the run that another thread makes is quicker. */
  private static final int MANY_LOOSE = 1024;

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Home home;
  private final ReentrantLock indexing = new ReentrantLock();
  private final OpenRuns runs;
  private final WatchedFolder packFolder;
  private boolean listedForWriting;
  private boolean closed;
  private volatile PackList list = PackList.EMPTY;

  PackCatalog(Home home) {
    this.home = home;
    this.runs = new OpenRuns(home);
    this.packFolder = new WatchedFolder(home, home.packs());
  }

  /** The packs as last listed. Its runs are not to be used directly. */
  PackList list() {
    return list;
  }

  /** Lists runs, but no packs. */
  synchronized void open() throws IOException {
    if (!closed && home.exists()) {
      runs.refresh();
      relist(list.names());
    }
  }

  /** Lists runs and packs again. */
  synchronized void refresh() throws IOException {
    if (closed || !home.exists()) {
      return;
    }
    // Runs first: of what is in a run that is listed, nothing may be missing among the packs.
    boolean sameRuns = runs.isUnchanged();
    if (packFolder.isUnchanged() && sameRuns) {
      return;
    }
    runs.refresh();
    relist(packNames(packFolder.list()));
  }

  /**
   * Lists again what others may have added, once this process is a registered writer: what is
   * listed from then on stays while it lives. After that a list of a second ago will do, which
   * spares a writer of thousands of packs as many listings of them.
   */
  synchronized void refreshForWriting() throws IOException {
    if (!listedForWriting || packFolder.sinceListed() > FRESH_NANOS) {
      refreshCondemned();
      refresh();
      listedForWriting = true;
    }
  }

  /** Lists again what is to go. */
  synchronized void refreshCondemned() throws IOException {
    Set<String> condemned = new Condemned(home).packs();
    if (!closed && !condemned.equals(list.condemned())) {
      list = list.condemning(condemned);
    }
  }

  /** Adds packs that this process put in place. */
  synchronized void add(List<String> names) {
    if (!closed && !names.isEmpty()) {
      relist(list.names().or(PackNames.of(names)));
    }
  }

  /** All places of a block that runs tell of; there may be others, and these may be wrong. */
  List<RunEntry> places(Multihash multihash) throws IOException {
    List<String> damaged = new ArrayList<>(0);
    List<RunEntry> places = runs.find(multihash, damaged);
    for (String run : damaged) {
      drop(run);
    }
    return places;
  }

  /** A run led to where the block is not: none of what it says is believed any more. */
  void distrust(RunEntry place) throws IOException {
    LOG.warn("Index run is not used any more: {} ({} is wrong)", place.run(), place);
    drop(place.run());
  }

  /** Makes runs if there are many loose packs; look-ups go on meanwhile. */
  void indexLoosePacks() throws IOException {
    deleteDamagedRuns();
    if (list.loose().size() > MANY_LOOSE) {
      indexing.lock();
    } else if (list.loose().size() <= MAX_LOOSE || !indexing.tryLock()) {
      return;
    }
    try {
      RunMaker maker = new RunMaker(home);
      int before = Integer.MAX_VALUE;
      while (list.loose().size() > MAX_LOOSE && list.loose().size() < before) {
        before = list.loose().size();
        maker.make(list);
        refresh();
      }
    } finally {
      indexing.unlock();
    }
  }

  /** Deletes runs most of whose packs are gone; the others' packs are loose then. */
  synchronized void dropStaleRuns() throws IOException {
    for (IndexRun run : runs.list()) {
      int there = run.packs().and(list.names()).size();
      if (2L * there < run.packs().size()) {
        runs.delete(run.fileName());
      }
    }
    refresh();
  }

  private synchronized void deleteDamagedRuns() throws IOException {
    runs.deleteDamaged();
  }

  private synchronized void drop(String runFile) throws IOException {
    runs.drop(runFile);
    relist(list.names());
  }

  private void relist(PackNames names) {
    if (!names.isSameAs(list.names()) || !runs.list().equals(list.runs())) {
      list = PackList.of(names, runs.list(), list.condemned());
    }
  }

  private static PackNames packNames(List<String> files) {
    List<String> names = new ArrayList<>(files.size());
    for (String file : files) {
      if (PackFormat.isFileName(file)) {
        names.add(PackFormat.nameOf(file));
      }
    }
    return PackNames.of(names);
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    list = PackList.EMPTY;
    runs.close();
  }
}
