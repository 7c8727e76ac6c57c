package dev.cairn.io.store;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A sorted run over many packs, open for look-ups by position: digests are evenly spread, so the
 * place of one is guessed and two or three pages are read. Safe for use by several threads.
 */
final class IndexRun implements Closeable {
  private final DiskFile file;
  private final String fileName;
  private final PackNames packs;
  private final long entries;
  private final long firstPage;

  private IndexRun(DiskFile file, String fileName, PackNames packs, long entries) {
    this.file = file;
    this.fileName = fileName;
    this.packs = packs;
    this.entries = entries;
    this.firstPage = RunFormat.headerBytes(packs.size());
  }

  /**
   * Takes over an open file.
   *
   * @throws MalformedContentException if its header or length are not a run's; the file is closed
   */
  static IndexRun open(DiskFile file, String fileName) throws IOException {
    try {
      byte[] fixed = read(file, 0, RunFormat.FIXED_BYTES);
      int headerBytes = RunFormat.headerBytes(RunFormat.packs(fixed));
      if (headerBytes > file.size()) {
        throw new MalformedContentException("Cannot read index run: " + fileName + " (cut off)");
      }
      byte[] header = read(file, 0, headerBytes);
      PackNames packs = RunFormat.names(header);
      long entries = RunFormat.entries(header);
      long pages = (file.size() - header.length) / RunFormat.PAGE_BYTES;
      long size = header.length + pages * RunFormat.PAGE_BYTES;
      // The number of entries is not multiplied: a large one would come out as any size.
      if (file.size() != size || entries < 0 || RunFormat.pages(entries) != pages) {
        throw new MalformedContentException("Cannot read index run: " + fileName + " (cut off)");
      }
      return new IndexRun(file, fileName, packs, entries);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  String fileName() {
    return fileName;
  }

  /** The names of the packs that this run covers. */
  PackNames packs() {
    return packs;
  }

  long entries() {
    return entries;
  }

  /**
   * All places of a block, as far as this run knows.
   *
   * @throws MalformedContentException if a page is damaged
   */
  List<RunEntry> find(Multihash multihash) throws IOException {
    byte[] key = key(multihash.digest());
    List<RunEntry> found = new ArrayList<>(1);
    long page = firstPageOf(key);
    boolean more = page >= 0;
    while (more) {
      byte[] bytes = page(page);
      int count = entriesIn(page);
      for (int i = 0; i < count; i++) {
        if (compare(bytes, i, key) == 0) {
          found.add(entry(bytes, i));
        }
      }
      page++;
      more = page < pages() && compare(bytes, count - 1, key) == 0;
    }
    return found;
  }

  /** The entry's key as runs have it. */
  static byte[] key(byte[] digest) {
    return digest.length == RunFormat.KEY_BYTES
        ? digest
        : Arrays.copyOf(digest, RunFormat.KEY_BYTES);
  }

  /** One page, checked. */
  byte[] page(long number) throws IOException {
    byte[] page = read(file, firstPage + number * RunFormat.PAGE_BYTES, RunFormat.PAGE_BYTES);
    RunFormat.checkPage(page, number);
    return page;
  }

  long pages() {
    return RunFormat.pages(entries);
  }

  int entriesIn(long page) {
    long before = page * RunFormat.PAGE_ENTRIES;
    return (int) Math.min(RunFormat.PAGE_ENTRIES, entries - before);
  }

  /** The first page on which the key stands, or -1: by guessing, and halving where that fails. */
  private long firstPageOf(byte[] key) throws IOException {
    long low = 0;
    long high = pages() - 1;
    double lowKey = 0;
    double highKey = 1;
    double wanted = fraction(key, 0);
    for (int step = 0; low <= high; step++) {
      double share = highKey > lowKey ? (wanted - lowKey) / (highKey - lowKey) : 0;
      long guess = low + (long) (Math.max(0, Math.min(1, share)) * (high - low));
      long page = step % 3 == 2 ? (low + high) >>> 1 : guess;
      byte[] bytes = page(page);
      int last = entriesIn(page) - 1;
      if (compare(bytes, 0, key) >= 0 && page > low) {
        // Equal first keys may go on from the page before.
        if (compare(bytes, 0, key) == 0 && !endsWith(page - 1, key)) {
          return page;
        }
        high = page - 1;
        highKey = fraction(bytes, 0);
      } else if (compare(bytes, last, key) < 0) {
        low = page + 1;
        lowKey = fraction(bytes, last * RunFormat.ENTRY_BYTES);
      } else {
        return page;
      }
    }
    return -1;
  }

  private boolean endsWith(long page, byte[] key) throws IOException {
    return compare(page(page), entriesIn(page) - 1, key) == 0;
  }

  private RunEntry entry(byte[] page, int number) throws MalformedContentException {
    ByteBuffer in = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    int at = number * RunFormat.ENTRY_BYTES;
    int pack = in.getInt(at + RunFormat.PACK_AT);
    if (pack < 0 || pack >= packs.size()) {
      throw new MalformedContentException("Cannot read index run: pack " + pack + " of none");
    }
    return new RunEntry(
        fileName,
        packs.get(pack),
        in.getLong(at + RunFormat.OFFSET_AT),
        in.getInt(at + RunFormat.LENGTH_AT));
  }

  private static int compare(byte[] page, int number, byte[] key) {
    int at = number * RunFormat.ENTRY_BYTES;
    return Arrays.compareUnsigned(page, at, at + RunFormat.KEY_BYTES, key, 0, key.length);
  }

  /** A key's place between all keys, 0 to 1. */
  private static double fraction(byte[] bytes, int at) {
    long top = ByteBuffer.wrap(bytes).getLong(at);
    return (top >>> 1) / 0x1p63;
  }

  private static byte[] read(DiskFile file, long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (file.read(position, ByteBuffer.wrap(bytes)) < length) {
      throw new MalformedContentException(
          "Cannot read index run: cut off before byte " + (position + length));
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
