package dev.cairn.io.dataset;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one shard among the ordered keys of a dataset.
 *
 * @param boundary its last key if that ends it, null for the open shard at the end
 * @param first the place of its first key, from 0
 * @param records its number of keys
 */
public record ShardSpan(@Nullable String boundary, long first, long records) {
  /** The name that its files have. */
  public String name() {
    return Shard.nameOf(boundary);
  }
}
