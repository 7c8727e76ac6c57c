package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import java.util.List;
import java.util.Map;

/**
 * What a run will make: the records of the input in order, cut into shards.
 *
 * @param addresses the object in the store that holds every record's address, in key order
 * @param shards in key order
 * @param documents how many records become documents
 * @param duplicates how many records were copies of one of them
 * @param descriptions how many records describe documents that are not in the input
 * @param forgotten how many documents were left out because their ids are forgotten
 * @param deadLetters objects in the store that hold the dead letters, in order
 * @param failures dead letters by code
 * @param containers files that hold several records, with their CIDs
 */
record Plan(
    Cid addresses,
    List<PlannedShard> shards,
    long documents,
    long duplicates,
    long descriptions,
    long forgotten,
    List<Cid> deadLetters,
    Map<String, Long> failures,
    Map<String, Cid> containers) {

  long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records of all documents. */
  long records() {
    return shards.stream().mapToLong(PlannedShard::records).sum();
  }

  long textBytes() {
    return shards.stream().mapToLong(PlannedShard::textBytes).sum();
  }
}
