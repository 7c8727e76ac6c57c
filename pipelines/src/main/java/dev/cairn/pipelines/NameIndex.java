package dev.cairn.pipelines;

import dev.cairn.io.cid.Multihash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which document is called by a name, if it is the only one. A name is known by the first 128 bits
 * of its SHA-256. Memory: some 40 bytes a name, and an id's bytes.
 */
final class NameIndex {
  private static final int NONE = -1;
  private static final int SEVERAL = -2;
  private static final double MAX_LOAD = 0.7;

  private long[] high = new long[1024];
  private long[] low = new long[1024];
  private int[] document = new int[1024];
  private int names;
  private byte[] ids = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int documents;

  NameIndex() {
    Arrays.fill(document, NONE);
  }

  /** Begins the next document. */
  void document(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    int from = documents == 0 ? 0 : ends[documents - 1];
    int to = Math.addExact(from, bytes.length);
    while (to > ids.length) {
      ids =
          Arrays.copyOf(ids, Math.max(to, (int) Math.min(Integer.MAX_VALUE - 8, 2L * ids.length)));
    }
    if (documents == ends.length) {
      ends = Arrays.copyOf(ends, 2 * documents);
    }
    System.arraycopy(bytes, 0, ids, from, bytes.length);
    ends[documents++] = to;
  }

  /** Says what the present document is called. */
  void name(String name) {
    if (names >= MAX_LOAD * document.length) {
      grow();
    }
    ByteBuffer hash = hash(name);
    int slot = slot(hash.getLong(0), hash.getLong(Long.BYTES));
    if (document[slot] == NONE) {
      high[slot] = hash.getLong(0);
      low[slot] = hash.getLong(Long.BYTES);
      document[slot] = documents - 1;
      names++;
    } else if (document[slot] != documents - 1) {
      document[slot] = SEVERAL;
    }
  }

  /** The id of the one document that is called so; null if none is, or several are. */
  @Nullable String find(String name) {
    ByteBuffer hash = hash(name);
    int found = document[slot(hash.getLong(0), hash.getLong(Long.BYTES))];
    if (found < 0) {
      return null;
    }
    int from = found == 0 ? 0 : ends[found - 1];
    return new String(ids, from, ends[found] - from, StandardCharsets.UTF_8);
  }

  private int slot(long first, long second) {
    int mask = document.length - 1;
    int at = (int) first & mask;
    while (document[at] != NONE && (high[at] != first || low[at] != second)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] old = document;
    high = new long[2 * old.length];
    low = new long[2 * old.length];
    document = new int[2 * old.length];
    Arrays.fill(document, NONE);
    for (int i = 0; i < old.length; i++) {
      if (old[i] != NONE) {
        int at = slot(oldHigh[i], oldLow[i]);
        high[at] = oldHigh[i];
        low[at] = oldLow[i];
        document[at] = old[i];
      }
    }
  }

  private static ByteBuffer hash(String name) {
    return ByteBuffer.wrap(Multihash.sha256(name.getBytes(StandardCharsets.UTF_8)).digest());
  }
}
