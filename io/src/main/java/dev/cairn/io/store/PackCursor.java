package dev.cairn.io.store;

import dev.cairn.io.car.CarSection;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The entries of one hash function in one pack's index. */
final class PackCursor extends RunCursor {
  private final InputStream in;
  private final byte[] entry;
  private final long[] offsets;

  /**
   * @param offsets of all sections of the pack, sorted: a section ends where the next starts
   */
  private PackCursor(InputStream in, int width, long[] offsets, int pack) {
    this.in = in;
    this.entry = new byte[width];
    this.offsets = offsets;
    this.pack = pack;
  }

  /**
   * Cursors over all blocks of a pack.
   *
   * @param file the pack, which must stay open
   * @param offsets as {@link #offsets} gave them
   * @param pack its number in the new run
   */
  static List<RunCursor> over(DiskFile file, PackIndex index, long[] offsets, int pack) {
    List<RunCursor> cursors = new ArrayList<>();
    for (IndexPages bucket : index.buckets()) {
      if (bucket.code() != HashFunction.IDENTITY.code()) {
        InputStream in = new DiskFileStream(file, bucket.position(), bucket.end());
        cursors.add(new PackCursor(in, bucket.width(), offsets, pack));
      }
    }
    return cursors;
  }

  @Override
  boolean next() throws IOException {
    if (in.readNBytes(entry, 0, entry.length) < entry.length) {
      return false;
    }
    int digestBytes = entry.length - Long.BYTES;
    Arrays.fill(key, (byte) 0);
    System.arraycopy(entry, 0, key, 0, Math.min(key.length, digestBytes));
    offset = offset(entry);
    length = (int) (offsets[Arrays.binarySearch(offsets, offset) + 1] - offset);
    return true;
  }

  /**
   * Where a pack's sections begin, sorted: each ends where the next begins, and the last is no
   * block's but the seal.
   *
   * @throws MalformedContentException if that cannot be so: such an index lies, whatever its hash
   */
  static long[] offsets(DiskFile file, PackIndex index) throws IOException {
    long lastBlock = Long.MIN_VALUE;
    long count = index.buckets().stream().mapToLong(IndexPages::entries).sum();
    long[] offsets = new long[Math.toIntExact(count)];
    int next = 0;
    for (IndexPages bucket : index.buckets()) {
      byte[] entry = new byte[bucket.width()];
      try (InputStream in = new DiskFileStream(file, bucket.position(), bucket.end())) {
        while (in.readNBytes(entry, 0, entry.length) == entry.length) {
          offsets[next] = offset(entry);
          if (bucket.code() != HashFunction.IDENTITY.code()) {
            lastBlock = Math.max(lastBlock, offsets[next]);
          }
          next++;
        }
      }
    }
    Arrays.sort(offsets);
    for (int i = 0; i < offsets.length; i++) {
      boolean last = i == offsets.length - 1;
      long bytes = last ? 0 : offsets[i + 1] - offsets[i];
      boolean blockWithoutEnd = last && offsets[i] == lastBlock;
      if (offsets[i] < 0 || bytes > CarSection.MAX_BYTES + Varint.MAX_BYTES || blockWithoutEnd) {
        throw new MalformedContentException(
            "Cannot read index of pack: a section at " + offsets[i] + " of " + bytes + " bytes");
      }
    }
    return offsets;
  }

  private static long offset(byte[] entry) {
    return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getLong(entry.length - Long.BYTES);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
