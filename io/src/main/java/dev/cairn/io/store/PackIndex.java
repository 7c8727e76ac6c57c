package dev.cairn.io.store;

import dev.cairn.io.car.CarV2Header;
import dev.cairn.io.car.IndexReader;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/** A pack's own index. It is read once, to prove that it is whole, and then looked up on disk. */
final class PackIndex implements OffsetIndex {
  private static final int DATA_SIZE_AT = 35;

  private final List<IndexPages> buckets;

  private PackIndex(List<IndexPages> buckets) {
    this.buckets = buckets;
  }

  /**
   * Checks a pack's header, and that the SHA-256 of its index is its name.
   *
   * @throws MalformedContentException if one of them is damaged
   */
  static PackIndex load(DiskFile file, String name) throws IOException {
    long size = file.size();
    long start = CarV2Header.BYTES + dataBytes(file, size);
    MessageDigest sha256 = DigestUtils.getSha256Digest();
    List<IndexPages> buckets = new ArrayList<>();
    try (DigestInputStream in =
        new DigestInputStream(new DiskFileStream(file, start, size), sha256)) {
      IndexReader reader = new IndexReader(in, size - start);
      for (var bucket = reader.nextBucket(); bucket != null; bucket = reader.nextBucket()) {
        buckets.add(IndexPages.load(file, start, reader, bucket));
      }
    } catch (EOFException e) {
      throw new MalformedContentException("Cannot read pack: " + name + " (index cut off)", e);
    }
    if (!PackFormat.name(sha256.digest()).equals(name)) {
      throw new MalformedContentException("Cannot read pack: " + name + " (index is another's)");
    }
    return new PackIndex(List.copyOf(buckets));
  }

  List<IndexPages> buckets() {
    return buckets;
  }

  @Override
  public long find(Multihash multihash) throws IOException {
    for (IndexPages bucket : buckets) {
      if (bucket.isOf(multihash)) {
        return bucket.find(multihash.digest());
      }
    }
    return -1;
  }

  private static long dataBytes(DiskFile file, long size) throws IOException {
    ByteBuffer start = ByteBuffer.allocate(CarV2Header.BYTES + PackFormat.firstSection());
    file.read(0, start);
    long dataBytes = start.order(ByteOrder.LITTLE_ENDIAN).getLong(DATA_SIZE_AT);
    boolean fits = dataBytes > 0 && dataBytes <= size - CarV2Header.BYTES;
    if (!fits || !Arrays.equals(start.array(), PackFormat.start(dataBytes))) {
      throw new MalformedContentException("Cannot read pack: its header is damaged");
    }
    return dataBytes;
  }
}
