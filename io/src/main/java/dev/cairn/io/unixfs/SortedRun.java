package dev.cairn.io.unixfs;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A temporary file of entries in order, read back one by one. Closing deletes it. */
final class SortedRun implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;
  private long left;
  private @Nullable DataInputStream in;
  private @Nullable HamtEntry head;

  private SortedRun(Path file) {
    this.file = file;
  }

  /** Where the entries of a run come from. */
  interface Source {
    @Nullable HamtEntry next() throws IOException;
  }

  /** Writes a run. */
  static SortedRun write(Path folder, Source entries) throws IOException {
    SortedRun run = new SortedRun(Files.createTempFile(folder, "folder-", ".run"));
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(run.file), BUFFER_BYTES))) {
      for (HamtEntry e = entries.next(); e != null; e = entries.next()) {
        e.write(out);
        run.left++;
      }
    } catch (IOException e) {
      try (run) {
        throw e;
      }
    }
    return run;
  }

  static Source of(Iterator<HamtEntry> entries) {
    return () -> entries.hasNext() ? entries.next() : null;
  }

  /** All entries of the runs in one order. The caller closes the runs. */
  static Source merge(List<SortedRun> runs) throws IOException {
    PriorityQueue<SortedRun> queue =
        new PriorityQueue<>((a, b) -> a.requireHead().compareTo(b.requireHead()));
    for (SortedRun run : runs) {
      if (run.advance()) {
        queue.add(run);
      }
    }
    return () -> {
      SortedRun first = queue.poll();
      if (first == null) {
        return null;
      }
      HamtEntry entry = first.requireHead();
      if (first.advance()) {
        queue.add(first);
      }
      return entry;
    };
  }

  private HamtEntry requireHead() {
    if (head == null) {
      throw new IllegalStateException("Cannot read run: " + file + " (it is at its end)");
    }
    return head;
  }

  private boolean advance() throws IOException {
    if (in == null) {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }
    head = left > 0 ? HamtEntry.read(in) : null;
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
