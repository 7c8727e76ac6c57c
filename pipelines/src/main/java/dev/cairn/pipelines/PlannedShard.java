package dev.cairn.pipelines;

/**
 * A shard of a plan.
 *
 * @param name of its files
 * @param lastKey its last record's id
 * @param rows digest of all of its documents rows, in order
 * @param offset where its addresses start in the plan's object, in bytes
 * @param records how many it has
 * @param textBytes about how much text they have
 */
record PlannedShard(
    String name, String lastKey, String rows, long offset, int records, long textBytes) {}
