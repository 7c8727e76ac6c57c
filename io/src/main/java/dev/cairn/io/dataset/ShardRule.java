package dev.cairn.io.dataset;

import dev.cairn.io.cid.Multihash;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Where shards end: after each key whose SHA-256 (its first 8 bytes, unsigned, big-endian) is 0
 * modulo K. So shards are a function of the keys alone, and growth touches few of them (design.md).
 *
 * @param records K: how many records a shard has on average
 */
public record ShardRule(int records) {
  /** The name of the open shard behind the last boundary. */
  public static final String TAIL = "tail";

  /** Records a shard may have on average at most: a shard is the unit of retry. */
  public static final int MAX_RECORDS = 1 << 20;

  private static final int NAME_BYTES = 16;

  public ShardRule {
    if (records < 1 || records > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + records + " records (1 to " + MAX_RECORDS + ")");
    }
  }

  /** True if a shard ends after this key. */
  public boolean endsAfter(String key) {
    long start = ByteBuffer.wrap(hash(key)).getLong();
    return Long.remainderUnsigned(start, records) == 0;
  }

  /** The name of the files of the shard that ends after {@code key}: half of its hash, in hex. */
  public String nameOf(String key) {
    return endsAfter(key) ? HexFormat.of().formatHex(hash(key), 0, NAME_BYTES) : TAIL;
  }

  private static byte[] hash(String key) {
    return Multihash.sha256(KeyOrder.utf8(key)).digest();
  }
}
