package dev.cairn.io.store;

import dev.cairn.io.car.IndexReader;
import dev.cairn.io.car.IndexReader.Bucket;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Look-ups in one bucket of a pack's index. The first digest of every page is kept, eight bytes of
 * it, so that a look-up reads one page (two where digests agree in those bytes); a small bucket is
 * kept whole.
 */
final class IndexPages {
  private static final int PAGE_ENTRIES = 64;

  /** Bytes of entries up to which a bucket is kept in memory: 3,000 blocks, most packs. */
  private static final int SMALL_BYTES = 1 << 17;

  private final DiskFile file;
  private final Bucket bucket;
  private final long position;
  private final long[] fences;
  private final byte[] whole;

  private IndexPages(DiskFile file, Bucket bucket, long position, long[] fences, byte[] whole) {
    this.file = file;
    this.bucket = bucket;
    this.position = position;
    this.fences = fences;
    this.whole = whole;
  }

  /** Reads the bucket to its end. */
  static IndexPages load(DiskFile file, long sectionStart, IndexReader reader, Bucket bucket)
      throws IOException {
    int pageBytes = PAGE_ENTRIES * bucket.width();
    long bytes = bucket.entries() * bucket.width();
    int pages = Math.toIntExact((bytes + pageBytes - 1) / pageBytes);
    long[] fences = new long[pages];
    byte[] whole = new byte[bytes <= SMALL_BYTES ? (int) bytes : 0];
    byte[] page = new byte[pageBytes];
    for (int i = 0; i < pages; i++) {
      int entries = reader.readEntries(page);
      fences[i] = prefix(page, bucket.digestBytes());
      if (whole.length > 0) {
        System.arraycopy(page, 0, whole, i * pageBytes, entries * bucket.width());
      }
    }
    return new IndexPages(file, bucket, sectionStart + bucket.position(), fences, whole);
  }

  /** The hash function's code. */
  long code() {
    return bucket.code();
  }

  long entries() {
    return bucket.entries();
  }

  /** Bytes of an entry. */
  int width() {
    return bucket.width();
  }

  /** File position of the first entry. */
  long position() {
    return position;
  }

  /** File position behind the last entry. */
  long end() {
    return position + entries() * width();
  }

  boolean isOf(Multihash multihash) {
    return multihash.function().code() == bucket.code()
        && multihash.digestLength() == bucket.digestBytes();
  }

  /** The entry's offset, or -1. */
  long find(byte[] digest) throws IOException {
    if (whole.length > 0) {
      return find(digest, whole, whole.length / bucket.width());
    }
    long prefix = prefix(digest, digest.length);
    int page = Math.max(0, firstPageFrom(prefix) - 1);
    long offset = -1;
    for (int i = page; offset < 0 && i < fences.length; i++) {
      if (i > page && Long.compareUnsigned(fences[i], prefix) > 0) {
        break;
      }
      byte[] entries = readPage(i);
      offset = find(digest, entries, entries.length / bucket.width());
    }
    return offset;
  }

  /** The first page whose first digest is not before {@code prefix}. */
  private int firstPageFrom(long prefix) {
    int low = 0;
    int high = fences.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(fences[middle], prefix) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private byte[] readPage(int page) throws IOException {
    long first = (long) page * PAGE_ENTRIES;
    int entries = (int) Math.min(PAGE_ENTRIES, bucket.entries() - first);
    byte[] read = new byte[entries * bucket.width()];
    file.read(position + first * bucket.width(), ByteBuffer.wrap(read));
    return read;
  }

  private long find(byte[] digest, byte[] sorted, int entries) {
    int low = 0;
    int high = entries - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int at = middle * bucket.width();
      int order = Arrays.compareUnsigned(sorted, at, at + digest.length, digest, 0, digest.length);
      if (order == 0) {
        return ByteBuffer.wrap(sorted).order(ByteOrder.LITTLE_ENDIAN).getLong(at + digest.length);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static long prefix(byte[] digest, int length) {
    return length >= Long.BYTES
        ? ByteBuffer.wrap(digest).getLong()
        : ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOf(digest, length), Long.BYTES)).getLong();
  }
}
