package dev.cairn.io.unixfs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts the entries of a folder of any size by hash: in memory up to {@link #MEMORY_BYTES}, beyond
 * it in sorted runs on disk that are merged. Closing deletes the runs.
 */
final class EntrySorter implements Closeable {
  /** Bytes of entries held before a run is written: about 35,000 names. */
  static final int MEMORY_BYTES = 8 << 20;

  /** Runs that are read at once; more are first merged into one, so that open files stay few. */
  static final int MAX_RUNS = 64;

  private final Path folder;
  private final int memoryBytes;
  private final List<HamtEntry> buffer = new ArrayList<>();
  private final List<SortedRun> runs = new ArrayList<>();
  private long buffered;

  EntrySorter(Path folder, int memoryBytes) {
    this.folder = folder;
    this.memoryBytes = memoryBytes;
  }

  void add(HamtEntry entry) throws IOException {
    buffer.add(entry);
    buffered += entry.memory();
    if (buffered >= memoryBytes) {
      spill();
    }
  }

  /** The entries in order; to be read before this is closed. */
  SortedRun.Source sorted() throws IOException {
    if (runs.isEmpty()) {
      buffer.sort(null);
      return SortedRun.of(buffer.iterator());
    }
    if (!buffer.isEmpty()) {
      spill();
    }
    return SortedRun.merge(runs);
  }

  private void spill() throws IOException {
    buffer.sort(null);
    runs.add(SortedRun.write(folder, SortedRun.of(buffer.iterator())));
    buffer.clear();
    buffered = 0;
    if (runs.size() == MAX_RUNS) {
      SortedRun merged = SortedRun.write(folder, SortedRun.merge(runs));
      close();
      runs.add(merged);
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (SortedRun run : runs) {
      try {
        run.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    runs.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
