package dev.cairn.io.car;

import dev.cairn.io.cid.Multihash;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index of a CARv2 under code 0x0401 (MultihashIndexSorted) while it is made: multihashes and
 * the offsets of their sections from the payload's start. Some 48 bytes an entry. Not thread-safe.
 *
 * <p>Layout, little-endian: the code as a varint; the number of hash functions (int32); for each in
 * order of its code, the code (uint64) and the number of digest lengths (int32); for each of those,
 * entry width (uint32), bytes of all entries (uint64), and the entries, sorted by digest: the
 * digest, then the offset (uint64). Source: CARv2 specification and go-car.
 */
public final class MultihashIndex {
  /** The multicodec code of this kind of index. */
  public static final long CODE = 0x0401;

  static final int OFFSET_BYTES = Long.BYTES;

  private final TreeMap<Integer, TreeMap<Integer, IndexBucket>> byCode = new TreeMap<>();
  private int size;

  /** Adds an entry, also where the multihash has one already. */
  public void add(Multihash multihash, long offset) {
    byCode
        .computeIfAbsent(multihash.function().code(), code -> new TreeMap<>())
        .computeIfAbsent(multihash.digestLength(), IndexBucket::new)
        .add(multihash.digest(), offset);
    size++;
  }

  /** The offset of the multihash's first entry, or -1. */
  public long find(Multihash multihash) {
    Map<Integer, IndexBucket> byLength = byCode.get(multihash.function().code());
    IndexBucket bucket = byLength == null ? null : byLength.get(multihash.digestLength());
    return bucket == null ? -1 : bucket.find(multihash.digest());
  }

  /** Entries. */
  public int size() {
    return size;
  }

  /** Writes the section. It can be written again, but nothing more can be looked up or added. */
  public void writeTo(OutputStream out) throws IOException {
    ByteArrayOutputStream code = new ByteArrayOutputStream(2);
    Varint.write(code, CODE);
    out.write(code.toByteArray());
    littleEndian(out, byCode.size(), Integer.BYTES);
    for (Map.Entry<Integer, TreeMap<Integer, IndexBucket>> function : byCode.entrySet()) {
      littleEndian(out, function.getKey(), Long.BYTES);
      littleEndian(out, function.getValue().size(), Integer.BYTES);
      for (IndexBucket bucket : function.getValue().values()) {
        littleEndian(out, bucket.width(), Integer.BYTES);
        littleEndian(out, (long) bucket.width() * bucket.size(), Long.BYTES);
        bucket.writeTo(out);
      }
    }
  }

  private static void littleEndian(OutputStream out, long value, int bytes) throws IOException {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (Byte.SIZE * i)));
    }
  }
}
