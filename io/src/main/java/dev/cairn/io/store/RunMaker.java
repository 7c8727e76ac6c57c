package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs from packs that no run covers, and merges small runs into them: those of at most twice
 * what is there so far. Of 20 million entries in 1,500 batches each is so written seven times, and
 * there are at most seven runs.
 *
 * <p>Where there are more packs than can be open at once, they are staged: sorted by batches into
 * temporary runs, which are then merged together.
 */
final class RunMaker {
  private static final Logger LOG = LoggerFactory.getLogger(RunMaker.class);

  /** Batches that are merged at once: each holds a file. */
  private static final int MAX_STAGED = 64;

  /** Entries after which no further batch is staged: some 800 MB of temporary files. */
  private static final long MAX_ENTRIES = 16_000_000;

  private static final int MERGE_FACTOR = 2;

  private final Home home;

  RunMaker(Home home) {
    this.home = home;
  }

  /** Makes one run of some loose packs and small runs, and puts it in the runs' place. */
  void make(PackList list) throws IOException {
    Iterator<String> loose = list.loose().iterator();
    List<IndexRun> runs = new ArrayList<>();
    List<Path> staged = new ArrayList<>();
    try {
      long entries = 0;
      PackBatch batch = PackBatch.open(home, loose);
      try {
        entries = batch.entries();
        while (loose.hasNext() && staged.size() < MAX_STAGED && entries < MAX_ENTRIES) {
          stage(batch, staged, runs);
          batch.close();
          batch = PackBatch.open(home, loose);
          entries += batch.entries();
        }
        if (entries > 0) {
          publish(batch, runs, openSmallRuns(list, entries, runs), list);
        }
      } finally {
        batch.close();
      }
    } finally {
      for (IndexRun run : runs) {
        run.close();
      }
      for (Path path : staged) {
        home.disk().delete(path);
      }
    }
  }

  /** Sorts a batch into a temporary run. */
  private void stage(PackBatch batch, List<Path> staged, List<IndexRun> runs) throws IOException {
    Path path = home.newTemporary(".run");
    PackNames packs = batch.names();
    staged.add(path);
    try (RunWriter out = new RunWriter(home.disk(), path, packs)) {
      merge(batch.cursors(packs), out);
      out.finish();
    }
    runs.add(IndexRun.open(home.disk().open(path), path.toString()));
  }

  /**
   * Opens the runs that are to be merged again: those that are looked up in may be closed any time.
   *
   * @return their files' names
   */
  private List<String> openSmallRuns(PackList list, long newEntries, List<IndexRun> into)
      throws IOException {
    List<IndexRun> bySize = new ArrayList<>(list.runs());
    bySize.sort(Comparator.comparingLong(IndexRun::entries));
    List<String> names = new ArrayList<>();
    long entries = newEntries;
    long packs = list.loose().size();
    for (IndexRun run : bySize) {
      packs += run.packs().size();
      if (run.entries() <= MERGE_FACTOR * entries && packs <= RunFormat.MAX_PACKS) {
        entries += run.entries();
        try {
          Path path = home.folder("index").resolve(run.fileName());
          into.add(IndexRun.open(home.disk().open(path), run.fileName()));
          names.add(run.fileName());
        } catch (NoSuchFileException | MalformedContentException e) {
          LOG.debug("Run is gone or damaged, its packs are indexed anew: {}", run.fileName(), e);
        }
      }
    }
    return names;
  }

  /** Merges all into a run, and puts it in the place of those that were there. */
  private void publish(PackBatch batch, List<IndexRun> runs, List<String> merged, PackList list)
      throws IOException {
    PackNames covered = batch.names();
    for (IndexRun run : runs) {
      covered = covered.or(run.packs());
    }
    PackNames packs = covered.and(list.names());
    List<RunCursor> cursors = new ArrayList<>(batch.cursors(packs));
    for (IndexRun run : runs) {
      cursors.add(new OldRunCursor(run, run.packs().numbersIn(packs)));
    }
    String made = write(packs, cursors);
    for (String fileName : merged) {
      if (!fileName.equals(made)) {
        home.disk().delete(home.folder("index").resolve(fileName));
      }
    }
  }

  private String write(PackNames packs, List<RunCursor> cursors) throws IOException {
    Path temporary = home.newTemporary(".run");
    try (RunWriter out = new RunWriter(home.disk(), temporary, packs)) {
      merge(cursors, out);
      String fileName = out.finish();
      out.force();
      home.disk().rename(temporary, home.folder("index").resolve(fileName));
      return fileName;
    } catch (IOException e) {
      home.discard(temporary, e);
      throw e;
    }
  }

  private static void merge(List<RunCursor> cursors, RunWriter out) throws IOException {
    PriorityQueue<RunCursor> queue = new PriorityQueue<>();
    for (RunCursor cursor : cursors) {
      if (cursor.next()) {
        queue.add(cursor);
      }
    }
    byte[] lastKey = new byte[RunFormat.KEY_BYTES];
    int lastPack = -1;
    while (!queue.isEmpty()) {
      RunCursor first = queue.remove();
      // Two runs may cover one pack, when two processes made them at once.
      if (first.pack != lastPack || !Arrays.equals(first.key, lastKey)) {
        out.add(first);
        lastPack = first.pack;
        System.arraycopy(first.key, 0, lastKey, 0, lastKey.length);
      }
      if (first.next()) {
        queue.add(first);
      }
    }
  }
}
