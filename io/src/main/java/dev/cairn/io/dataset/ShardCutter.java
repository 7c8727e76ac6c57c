package dev.cairn.io.dataset;

import dev.cairn.io.cid.Multihash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts ordered keys into shards, as a function of the keys alone: a shard ends after each key whose
 * SHA-256 (its first eight bytes, unsigned, big-endian) is 0 modulo {@code K} (design.md,
 * "Shards"). Takes keys one by one and keeps none but the last. For one thread.
 */
public final class ShardCutter {
  /** The largest mean number of records of a shard. */
  public static final int MAX_RECORDS = 1_000_000;

  private final int modulus;
  private @Nullable String last;
  private long first;
  private long next;

  /**
   * @param records the mean number of records of a shard, {@code K}
   */
  public ShardCutter(int records) {
    if (records < 1 || records > MAX_RECORDS) {
      throw new IllegalArgumentException(
          "Cannot cut shards: " + records + " records (1 to " + MAX_RECORDS + ")");
    }
    this.modulus = records;
  }

  /** True if a shard ends after {@code key}. */
  public boolean isBoundary(String key) {
    byte[] hash = Multihash.sha256(key.getBytes(StandardCharsets.UTF_8)).digest();
    return Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), modulus) == 0;
  }

  /**
   * Takes the next key.
   *
   * @return the shard that it ended, or null
   * @throws IllegalArgumentException if it is not after the key before, in {@link KeyOrder}
   */
  public @Nullable ShardSpan add(String key) {
    if (last != null && KeyOrder.INSTANCE.compare(last, key) >= 0) {
      throw new IllegalArgumentException(
          "Cannot cut shards: " + key + " (after " + last + " in key order)");
    }
    last = key;
    next++;
    return isBoundary(key) ? cut(key) : null;
  }

  /**
   * Ends the keys.
   *
   * @return the open shard behind the last boundary, or null if no key is behind it
   */
  public @Nullable ShardSpan finish() {
    return next == first ? null : cut(null);
  }

  private ShardSpan cut(@Nullable String boundary) {
    ShardSpan span = new ShardSpan(boundary, first, next - first);
    first = next;
    return span;
  }
}
