package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of a home, open for look-ups: few, since they are merged in size tiers. One that is
 * damaged is left out until a writer deletes it. Any thread may look up; the rest is for one thread
 * at a time.
 */
final class OpenRuns implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(OpenRuns.class);
  private static final String SUFFIX = ".run";

  /** Listings after which a run that was merged away each time is left out. */
  private static final int MAX_LISTINGS = 10;

  private final Home home;
  private final WatchedFolder folder;
  private final Set<String> damaged = new HashSet<>();

  /** Held for reading while runs are looked up in, for writing while they are closed. */
  private final ReadWriteLock inUse = new ReentrantReadWriteLock();

  private volatile List<IndexRun> runs = List.of();

  OpenRuns(Home home) {
    this.home = home;
    this.folder = new WatchedFolder(home, home.folder("index"));
  }

  /** The runs as last listed. They may be closed at any time. */
  List<IndexRun> list() {
    return runs;
  }

  /** True if the last listing is surely still what is there. */
  boolean isUnchanged() throws IOException {
    return folder.isUnchanged();
  }

  /** Lists the runs again. */
  void refresh() throws IOException {
    Map<String, IndexRun> before = new HashMap<>();
    runs.forEach(run -> before.put(run.fileName(), run));
    Map<String, IndexRun> now = new HashMap<>();
    try {
      boolean all = false;
      for (int i = 0; !all && i < MAX_LISTINGS; i++) {
        all = open(folder.list(), before, now);
      }
    } catch (IOException e) {
      now.keySet().removeAll(before.keySet());
      close(now.values());
      throw e;
    }
    if (!now.keySet().equals(before.keySet())) {
      runs = List.copyOf(now.values());
      before.keySet().removeAll(now.keySet());
      close(before.values());
    }
  }

  /**
   * All places of a block that runs tell of; there may be others, and these may be wrong.
   *
   * @param damagedRuns takes the file names of runs that turned out to be damaged
   */
  List<RunEntry> find(Multihash multihash, Collection<String> damagedRuns) throws IOException {
    List<RunEntry> places = new ArrayList<>(1);
    inUse.readLock().lock();
    try {
      for (IndexRun run : runs) {
        try {
          places.addAll(run.find(multihash));
        } catch (MalformedContentException e) {
          LOG.warn("Index run is not used any more: {} ({})", run.fileName(), e.getMessage());
          damagedRuns.add(run.fileName());
        }
      }
    } finally {
      inUse.readLock().unlock();
    }
    return places;
  }

  /** Leaves a run out from now on. */
  void drop(String fileName) throws IOException {
    damaged.add(fileName);
    List<IndexRun> left = new ArrayList<>(runs);
    List<IndexRun> dropped = new ArrayList<>(left);
    left.removeIf(run -> run.fileName().equals(fileName));
    dropped.removeAll(left);
    runs = List.copyOf(left);
    close(dropped);
  }

  /** Deletes what is left out: a run that is made anew may get its name. */
  void deleteDamaged() throws IOException {
    for (String fileName : damaged) {
      delete(fileName);
    }
    damaged.clear();
  }

  /** Deletes a run, which is looked up in until the next listing. */
  void delete(String fileName) throws IOException {
    home.disk().delete(path(fileName));
  }

  /**
   * Opens the runs in these files.
   *
   * @param before runs that are open; taken over where they are listed
   * @param now takes the runs
   * @return false if a run was gone before it could be opened: what it was merged into must be
   *     looked for
   */
  private boolean open(List<String> files, Map<String, IndexRun> before, Map<String, IndexRun> now)
      throws IOException {
    boolean all = true;
    for (String file : files) {
      IndexRun run = before.get(file);
      if (run != null) {
        now.put(file, run);
      } else if (file.endsWith(SUFFIX) && !damaged.contains(file) && !now.containsKey(file)) {
        all &= open(file, now);
      }
    }
    return all;
  }

  private boolean open(String file, Map<String, IndexRun> now) throws IOException {
    try {
      now.put(file, IndexRun.open(home.disk().open(path(file)), file));
    } catch (NoSuchFileException e) {
      LOG.debug("Run was merged meanwhile: {}", file, e);
      return false;
    } catch (MalformedContentException e) {
      LOG.warn("Index run is not used: {} ({})", file, e.getMessage());
      damaged.add(file);
    }
    return true;
  }

  private Path path(String fileName) {
    return home.folder("index").resolve(fileName);
  }

  /** Closes runs that are not in the list any more, once no look-up uses them. */
  private void close(Collection<IndexRun> unlisted) throws IOException {
    inUse.writeLock().lock();
    try {
      for (IndexRun run : unlisted) {
        run.close();
      }
    } finally {
      inUse.writeLock().unlock();
    }
  }

  @Override
  public void close() throws IOException {
    List<IndexRun> open = runs;
    runs = List.of();
    close(open);
  }
}
