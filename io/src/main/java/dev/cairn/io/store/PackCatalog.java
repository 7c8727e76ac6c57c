package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which packs there are, and the runs over them, as last listed. A run that is damaged is left out
 * for good: its packs then count as loose. Safe for use by several threads.
 */
final class PackCatalog implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PackCatalog.class);

  /** Loose packs up to which a look-up that asks each of them is quick enough. */
  private static final int MAX_LOOSE = 64;

  private static final String RUN_SUFFIX = ".run";
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Home home;
  private final Set<String> damagedRuns = new HashSet<>();

  /** Held for reading while runs are looked up in, for writing while they are closed. */
  private final ReadWriteLock runsInUse = new ReentrantReadWriteLock();

  private final ReentrantLock indexing = new ReentrantLock();
  private final WatchedFolder runFolder;
  private final WatchedFolder packFolder;
  private Set<String> listedRuns = Set.of();
  private Set<String> listedPacks = Set.of();
  private boolean listedForWriting;
  private boolean closed;
  private volatile PackList list = PackList.EMPTY;

  PackCatalog(Home home) {
    this.home = home;
    this.runFolder = new WatchedFolder(home, home.folder("index"));
    this.packFolder = new WatchedFolder(home, home.packs());
  }

  /** The packs as last listed. Its runs are not to be used directly. */
  PackList list() {
    return list;
  }

  /** Lists runs and packs again. */
  synchronized void refresh() throws IOException {
    if (closed || !home.exists()) {
      return;
    }
    // Runs first: of what is in a run that is listed, nothing may be missing among the packs.
    boolean sameRuns = runFolder.isUnchanged();
    if (packFolder.isUnchanged() && sameRuns) {
      return;
    }
    Set<String> runFiles = runFolder.list();
    Set<String> packFiles = packFolder.list();
    if (!runFiles.equals(listedRuns) || !packFiles.equals(listedPacks)) {
      Map<String, IndexRun> unlisted = new HashMap<>();
      list.runs().forEach(run -> unlisted.put(run.fileName(), run));
      List<IndexRun> runs = openRuns(runFiles, unlisted);
      list = PackList.of(packNames(packFiles), runs, list.condemned());
      listedRuns = runFiles;
      listedPacks = packFiles;
      close(unlisted.values());
    }
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
      list = PackList.of(list.names(), list.runs(), condemned);
    }
  }

  /** Adds packs that this process put in place. */
  synchronized void add(List<String> names) {
    if (!closed && !names.isEmpty()) {
      Set<String> all = new HashSet<>(list.names());
      all.addAll(names);
      list = PackList.of(all, list.runs(), list.condemned());
    }
  }

  /** All places of a block that runs tell of; there may be others, and these may be wrong. */
  List<RunEntry> places(Multihash multihash) throws IOException {
    List<RunEntry> places = new ArrayList<>();
    List<IndexRun> damaged = new ArrayList<>();
    runsInUse.readLock().lock();
    try {
      for (IndexRun run : list.runs()) {
        try {
          places.addAll(run.find(multihash));
        } catch (MalformedContentException e) {
          LOG.warn("Index run is not used any more: {} ({})", run.fileName(), e.getMessage());
          damaged.add(run);
        }
      }
    } finally {
      runsInUse.readLock().unlock();
    }
    for (IndexRun run : damaged) {
      drop(run.fileName());
    }
    return places;
  }

  /** A run led to where the block is not: none of what it says is believed any more. */
  void distrust(RunEntry place) throws IOException {
    LOG.warn("Index run is not used any more: {} ({} is wrong)", place.run(), place);
    drop(place.run());
  }

  /** Makes runs if there are many loose packs; look-ups, and other writers, go on meanwhile. */
  void indexLoosePacks() throws IOException {
    if (list.loose().size() > MAX_LOOSE && indexing.tryLock()) {
      try {
        RunMaker maker = new RunMaker(home);
        while (list.loose().size() > MAX_LOOSE && maker.make(list) > 0) {
          refresh();
        }
      } finally {
        indexing.unlock();
      }
    }
  }

  /** Deletes runs most of whose packs are gone; the others' packs are loose then. */
  void dropStaleRuns() throws IOException {
    for (IndexRun run : list.runs()) {
      long there = run.packs().stream().filter(list.names()::contains).count();
      if (2 * there < run.packs().size()) {
        home.disk().delete(home.folder("index").resolve(run.fileName()));
      }
    }
    refresh();
  }

  /** The runs in these files; those that were open are taken out of {@code open}. */
  private List<IndexRun> openRuns(Set<String> files, Map<String, IndexRun> open)
      throws IOException {
    List<IndexRun> runs = new ArrayList<>();
    for (String file : files) {
      IndexRun run = open.remove(file);
      if (run != null) {
        runs.add(run);
      } else if (file.endsWith(RUN_SUFFIX) && !damagedRuns.contains(file)) {
        openRun(file, runs);
      }
    }
    return runs;
  }

  private static Set<String> packNames(Set<String> files) {
    Set<String> names = new HashSet<>();
    for (String file : files) {
      if (PackFormat.isFileName(file)) {
        names.add(PackFormat.nameOf(file));
      }
    }
    return names;
  }

  private void openRun(String file, List<IndexRun> into) throws IOException {
    try {
      into.add(IndexRun.open(home.disk().open(home.folder("index").resolve(file)), file));
    } catch (NoSuchFileException e) {
      LOG.debug("Run was merged meanwhile: {}", file, e);
    } catch (MalformedContentException e) {
      LOG.warn("Index run is not used: {} ({})", file, e.getMessage());
      damagedRuns.add(file);
    }
  }

  private synchronized void drop(String runFile) throws IOException {
    damagedRuns.add(runFile);
    List<IndexRun> left = new ArrayList<>(list.runs());
    List<IndexRun> dropped = new ArrayList<>(left);
    left.removeIf(run -> run.fileName().equals(runFile));
    dropped.removeAll(left);
    list = PackList.of(list.names(), left, list.condemned());
    close(dropped);
  }

  /** Closes runs that are not in the list any more, once no look-up uses them. */
  private void close(Iterable<IndexRun> runs) throws IOException {
    runsInUse.writeLock().lock();
    try {
      for (IndexRun run : runs) {
        run.close();
      }
    } finally {
      runsInUse.writeLock().unlock();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    List<IndexRun> runs = list.runs();
    list = PackList.EMPTY;
    close(runs);
  }
}
