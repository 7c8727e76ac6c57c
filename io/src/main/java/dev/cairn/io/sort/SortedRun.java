package dev.cairn.io.sort;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A temporary file of items in order, read back one by one. Closing deletes it. */
final class SortedRun<T> implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private final SortCodec<T> codec;
  private long left;
  private @Nullable DataInputStream in;
  private @Nullable T head;

  private SortedRun(Path file, SortCodec<T> codec) {
    this.file = file;
    this.codec = codec;
  }

  /** Writes a run. */
  static <T> SortedRun<T> write(Path folder, SortCodec<T> codec, Sorted<T> items)
      throws IOException {
    SortedRun<T> run = new SortedRun<>(Files.createTempFile(folder, "sorted-", ".run"), codec);
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(run.file), BUFFER_BYTES))) {
      for (T item = items.next(); item != null; item = items.next()) {
        codec.write(item, out);
        run.left++;
      }
    } catch (IOException e) {
      try (run) {
        throw e;
      }
    }
    return run;
  }

  static <T> Sorted<T> of(Iterator<T> items) {
    return () -> items.hasNext() ? items.next() : null;
  }

  /** All items of the runs in one order. The caller closes the runs. */
  static <T> Sorted<T> merge(List<SortedRun<T>> runs, Comparator<? super T> order)
      throws IOException {
    PriorityQueue<SortedRun<T>> queue =
        new PriorityQueue<>((a, b) -> order.compare(a.requireHead(), b.requireHead()));
    for (SortedRun<T> run : runs) {
      if (run.advance()) {
        queue.add(run);
      }
    }
    return () -> {
      SortedRun<T> first = queue.poll();
      if (first == null) {
        return null;
      }
      T item = first.requireHead();
      if (first.advance()) {
        queue.add(first);
      }
      return item;
    };
  }

  private T requireHead() {
    if (head == null) {
      throw new IllegalStateException("Cannot read run: " + file + " (it is at its end)");
    }
    return head;
  }

  private boolean advance() throws IOException {
    if (in == null) {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }
    head = left > 0 ? codec.read(in) : null;
    left--;
    return head != null;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
    }
    Files.deleteIfExists(file);
  }
}
