package dev.cairn.io.sort;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sorts any number of items: in memory up to a bound, beyond it in sorted runs on disk that are
 * merged. Items that compare equal come in any order. For one thread. Closing deletes the runs.
 */
public final class ExternalSorter<T> implements Closeable {
  /** Runs that are read at once; more are first merged into one, so that open files stay few. */
  public static final int MAX_RUNS = 64;

  private final Path folder;
  private final SortCodec<T> codec;
  private final Comparator<? super T> order;
  private final long memoryBytes;
  private final List<T> buffer = new ArrayList<>();
  private final List<SortedRun<T>> runs = new ArrayList<>();
  private long buffered;

  /**
   * A sorter without items.
   *
   * @param folder for temporary files
   * @param memoryBytes of items held before a run is written
   */
  public ExternalSorter(
      Path folder, SortCodec<T> codec, Comparator<? super T> order, long memoryBytes) {
    this.folder = folder;
    this.codec = codec;
    this.order = order;
    this.memoryBytes = memoryBytes;
  }

  public void add(T item) throws IOException {
    buffer.add(item);
    buffered += codec.memory(item);
    if (buffered >= memoryBytes) {
      spill();
    }
  }

  /** The items in order; to be read before this is closed. */
  public Sorted<T> sorted() throws IOException {
    if (runs.isEmpty()) {
      buffer.sort(order);
      return SortedRun.of(buffer.iterator());
    }
    if (!buffer.isEmpty()) {
      spill();
    }
    return SortedRun.merge(runs, order);
  }

  private void spill() throws IOException {
    buffer.sort(order);
    runs.add(SortedRun.write(folder, codec, SortedRun.of(buffer.iterator())));
    buffer.clear();
    buffered = 0;
    if (runs.size() == MAX_RUNS) {
      SortedRun<T> merged = SortedRun.write(folder, codec, SortedRun.merge(runs, order));
      close();
      runs.add(merged);
    }
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (SortedRun<T> run : runs) {
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
