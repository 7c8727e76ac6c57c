package dev.cairn.pipelines;

import org.jspecify.annotations.Nullable;

/**
 * A shard of a plan.
 *
 * @param boundary its last key if that ends it, null for the open shard at the end
 * @param rows digest of all of its documents rows, in order
 * @param offset where its addresses start in the plan's object, in bytes
 * @param records how many it has
 * @param textBytes about how much text they have
 */
record PlannedShard(
    @Nullable String boundary, String rows, long offset, int records, long textBytes) {}
