package dev.cairn.io.block;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * A set of 32-byte digests in one array of longs, open addressing, at most three quarters full. The
 * slot depends on a seed of this set's own, so that digests chosen by others cannot pile up.
 */
final class DigestSet {
  static final int DIGEST_BYTES = 32;
  private static final int WORDS = DIGEST_BYTES / Long.BYTES;
  private static final int FIRST_SLOTS = 64;

  private final long seed = new SplittableRandom().nextLong() | 1;
  private long[] slots = new long[FIRST_SLOTS * WORDS];
  private int used;

  /** All zeros marks a free slot, so that digest is kept here. */
  private boolean hasZero;

  boolean add(byte[] digest) {
    long[] words = words(digest);
    if (isFree(words, 0)) {
      boolean added = !hasZero;
      hasZero = true;
      return added;
    }
    int slot = find(slots, words, 0);
    if (!isFree(slots, slot)) {
      return false;
    }
    System.arraycopy(words, 0, slots, slot, WORDS);
    used++;
    if (used > slots.length / WORDS / 4 * 3) {
      grow();
    }
    return true;
  }

  boolean contains(byte[] digest) {
    long[] words = words(digest);
    return isFree(words, 0) ? hasZero : !isFree(slots, find(slots, words, 0));
  }

  long size() {
    return hasZero ? used + 1L : used;
  }

  private void grow() {
    long[] larger = new long[Math.multiplyExact(slots.length, 2)];
    for (int i = 0; i < slots.length; i += WORDS) {
      if (!isFree(slots, i)) {
        System.arraycopy(slots, i, larger, find(larger, slots, i), WORDS);
      }
    }
    slots = larger;
  }

  /** Where the digest at {@code words[from..]} is in {@code table}, or the free place for it. */
  private int find(long[] table, long[] words, int from) {
    int mask = table.length / WORDS - 1;
    long mixed = 0;
    for (int i = 0; i < WORDS; i++) {
      mixed = (mixed ^ words[from + i]) * seed;
      mixed ^= mixed >>> 32;
    }
    int slot = (int) mixed & mask;
    while (!isFree(table, slot * WORDS) && !same(table, slot * WORDS, words, from)) {
      slot = (slot + 1) & mask;
    }
    return slot * WORDS;
  }

  private static boolean same(long[] a, int at, long[] b, int from) {
    return a[at] == b[from]
        && a[at + 1] == b[from + 1]
        && a[at + 2] == b[from + 2]
        && a[at + 3] == b[from + 3];
  }

  private static boolean isFree(long[] table, int at) {
    return (table[at] | table[at + 1] | table[at + 2] | table[at + 3]) == 0;
  }

  private static long[] words(byte[] digest) {
    long[] words = new long[WORDS];
    ByteBuffer.wrap(digest).asLongBuffer().get(words);
    return words;
  }
}
