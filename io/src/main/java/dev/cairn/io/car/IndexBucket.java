package dev.cairn.io.car;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Entries of one hash function and digest length: pages of entries as they will stand in the file,
 * a hash table of their numbers for look-ups, and at the end one array of sort keys. A million
 * SHA-256 entries take 48 MB, which objects would take four times over.
 */
final class IndexBucket {
  private static final int PAGE_ENTRIES = 1 << 10;
  private static final int FIRST_SLOTS = 1 << 8;

  private final int digestBytes;
  private final int width;
  private final List<byte[]> pages = new ArrayList<>();

  /** Numbers of entries, plus one, at the place of their digest or behind it; 0 where none is. */
  private int[] slots = new int[FIRST_SLOTS];

  private int size;

  IndexBucket(int digestBytes) {
    this.digestBytes = digestBytes;
    this.width = digestBytes + MultihashIndex.OFFSET_BYTES;
  }

  int width() {
    return width;
  }

  int size() {
    return size;
  }

  void add(byte[] digest, long offset) {
    if (size == pages.size() * PAGE_ENTRIES) {
      pages.add(new byte[PAGE_ENTRIES * width]);
    }
    byte[] page = page(size);
    int at = placeInPage(size);
    System.arraycopy(digest, 0, page, at, digestBytes);
    littleEndian(page).putLong(at + digestBytes, offset);
    size++;
    if (size > slots.length / 4 * 3) {
      grow();
    } else {
      insert(size - 1);
    }
  }

  long find(byte[] digest) {
    for (int slot = slotOf(digest, 0); slots[slot] != 0; slot = next(slot)) {
      int entry = slots[slot] - 1;
      int at = placeInPage(entry);
      if (Arrays.equals(page(entry), at, at + digestBytes, digest, 0, digestBytes)) {
        return littleEndian(page(entry)).getLong(at + digestBytes);
      }
    }
    return -1;
  }

  /** Writes the entries sorted by digest, then in the order they came. Ends all look-ups. */
  void writeTo(OutputStream out) throws IOException {
    slots = new int[0];
    for (long key : sorted()) {
      int entry = (int) key;
      out.write(page(entry), placeInPage(entry), width);
    }
  }

  /** The digest's first four bytes above the entry's number: what plain long sorting orders. */
  private long[] sorted() {
    long[] keys = new long[size];
    for (int entry = 0; entry < size; entry++) {
      keys[entry] = (prefix(entry) ^ 0x80000000L) << Integer.SIZE | entry;
    }
    Arrays.sort(keys);
    for (int start = 0; start < size; ) {
      int end = start + 1;
      while (end < size && keys[end] >>> Integer.SIZE == keys[start] >>> Integer.SIZE) {
        end++;
      }
      if (end - start > 1) {
        sortWhole(keys, start, end);
      }
      start = end;
    }
    return keys;
  }

  private void sortWhole(long[] keys, int start, int end) {
    Long[] run = new Long[end - start];
    for (int i = start; i < end; i++) {
      run[i - start] = keys[i];
    }
    Arrays.sort(run, (a, b) -> compareEntries(a.intValue(), b.intValue()));
    for (int i = start; i < end; i++) {
      keys[i] = run[i - start];
    }
  }

  private int compareEntries(int a, int b) {
    int atA = placeInPage(a);
    int atB = placeInPage(b);
    int byDigest =
        Arrays.compareUnsigned(page(a), atA, atA + digestBytes, page(b), atB, atB + digestBytes);
    return byDigest != 0 ? byDigest : Integer.compare(a, b);
  }

  private long prefix(int entry) {
    byte[] page = page(entry);
    int at = placeInPage(entry);
    long prefix = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      prefix = prefix << Byte.SIZE | (i < digestBytes ? page[at + i] & 0xff : 0);
    }
    return prefix;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    for (int entry = 0; entry < size; entry++) {
      insert(entry);
    }
  }

  private void insert(int entry) {
    int slot = slotOf(page(entry), placeInPage(entry));
    while (slots[slot] != 0) {
      slot = next(slot);
    }
    slots[slot] = entry + 1;
  }

  private int slotOf(byte[] bytes, int at) {
    int hash = 1;
    for (int i = at; i < at + digestBytes; i++) {
      hash = 31 * hash + bytes[i];
    }
    return (hash ^ hash >>> 16) & slots.length - 1;
  }

  private int next(int slot) {
    return slot + 1 & slots.length - 1;
  }

  private byte[] page(int entry) {
    return pages.get(entry / PAGE_ENTRIES);
  }

  private int placeInPage(int entry) {
    return entry % PAGE_ENTRIES * width;
  }

  private static ByteBuffer littleEndian(byte[] page) {
    return ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
  }
}
