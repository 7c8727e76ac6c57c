package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs from packs that no run covers, and merges small runs into them: those of at most four
 * times what is there so far, so that an entry is written again a few times in its life only.
 */
final class RunMaker {
  private static final Logger LOG = LoggerFactory.getLogger(RunMaker.class);

  /** Packs that are read into one run at once: each holds a file and a buffer of 64 KiB. */
  private static final int MAX_PACKS_AT_ONCE = 256;

  /** Entries after which no further pack is begun: 8 bytes of memory each. */
  private static final long ENTRIES_AT_ONCE = 4_000_000;

  private static final int MERGE_FACTOR = 4;

  private final Home home;

  RunMaker(Home home) {
    this.home = home;
  }

  /**
   * Makes one run of some loose packs and small runs, and puts it in the runs' place.
   *
   * @return packs newly covered; 0 if there was no whole pack among them
   */
  int make(PackList list) throws IOException {
    List<Source> sources = new ArrayList<>();
    List<IndexRun> runs = new ArrayList<>();
    try {
      long entries = 0;
      for (String name : list.loose()) {
        if (sources.size() == MAX_PACKS_AT_ONCE || entries > ENTRIES_AT_ONCE) {
          break;
        }
        Source source = open(name);
        if (source != null) {
          sources.add(source);
          entries += source.entries();
        }
      }
      if (!sources.isEmpty()) {
        openSmallRuns(list, entries, runs);
        merge(sources, runs, list);
      }
      return sources.size();
    } finally {
      for (Source source : sources) {
        source.file().close();
      }
      for (IndexRun run : runs) {
        run.close();
      }
    }
  }

  private record Source(String name, DiskFile file, PackIndex index) {
    long entries() {
      return index.buckets().stream().mapToLong(IndexPages::entries).sum();
    }
  }

  private @Nullable Source open(String name) throws IOException {
    DiskFile file;
    try {
      file = home.disk().open(home.packs().resolve(PackFormat.fileName(name)));
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      return new Source(name, file, PackIndex.load(file, name));
    } catch (MalformedContentException e) {
      LOG.warn("Damaged pack is left out of the index: {} ({})", name, e.getMessage());
      file.close();
      return null;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /** Opens them again: those that are looked up in may be closed at any time. */
  private void openSmallRuns(PackList list, long newEntries, List<IndexRun> into)
      throws IOException {
    List<IndexRun> bySize = new ArrayList<>(list.runs());
    bySize.sort(Comparator.comparingLong(IndexRun::entries));
    long entries = newEntries;
    for (IndexRun run : bySize) {
      if (run.entries() <= MERGE_FACTOR * entries) {
        entries += run.entries();
        try {
          Path path = home.folder("index").resolve(run.fileName());
          into.add(IndexRun.open(home.disk().open(path), run.fileName()));
        } catch (NoSuchFileException | MalformedContentException e) {
          LOG.debug("Run is gone or damaged, its packs are indexed anew: {}", run.fileName(), e);
        }
      }
    }
  }

  private void merge(List<Source> sources, List<IndexRun> runs, PackList list) throws IOException {
    TreeSet<String> covered = new TreeSet<>();
    sources.forEach(source -> covered.add(source.name()));
    runs.forEach(run -> covered.addAll(run.packs()));
    covered.retainAll(list.names());
    List<String> packs = List.copyOf(covered);
    List<RunCursor> cursors = new ArrayList<>();
    for (Source source : sources) {
      cursors.addAll(PackCursor.over(source.file(), source.index(), number(packs, source.name())));
    }
    for (IndexRun run : runs) {
      int[] numbers = run.packs().stream().mapToInt(name -> number(packs, name)).toArray();
      cursors.add(new OldRunCursor(run, numbers));
    }
    String made = write(packs, cursors);
    for (IndexRun run : runs) {
      if (!run.fileName().equals(made)) {
        home.disk().delete(home.folder("index").resolve(run.fileName()));
      }
    }
  }

  private String write(List<String> packs, List<RunCursor> cursors) throws IOException {
    Path temporary = home.newTemporary(".run");
    try (RunWriter out = new RunWriter(home.disk(), temporary, packs)) {
      merge(cursors, out);
      String fileName = out.finish();
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

  private static int number(List<String> packs, String name) {
    return Math.max(-1, Collections.binarySearch(packs, name));
  }
}
