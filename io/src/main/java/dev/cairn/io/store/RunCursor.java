package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/** Entries in key order, one at a time, on their way into a new run. Not thread-safe. */
abstract class RunCursor implements Closeable, Comparable<RunCursor> {
  /** The present entry's key. */
  final byte[] key = new byte[RunFormat.KEY_BYTES];

  /** The number of the present entry's pack in the new run. */
  int pack;

  long offset;
  int length;

  /** Moves to the next entry; false at the end. */
  abstract boolean next() throws IOException;

  /** The order of entries in a run: by key, then by pack. */
  @Override
  public final int compareTo(RunCursor other) {
    int byKey = Arrays.compareUnsigned(key, other.key);
    return byKey != 0 ? byKey : Integer.compare(pack, other.pack);
  }
}
