package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.InputRoot;
import java.util.List;

/**
 * The input of a run as it was found.
 *
 * @param root the CID of all of it, by hashing alone
 * @param place where its files lie
 * @param batches its files that may hold records, for planning
 * @param files how many these are
 * @param bytes of them
 * @param skipped what was passed over
 */
record InputListing(
    Cid root, InputRoot place, List<FileBatch> batches, long files, long bytes, Skipped skipped) {

  /**
   * What a listing passed over.
   *
   * @param hidden files and folders whose names begin with a dot
   * @param links symbolic links inside folders
   * @param metadata files that the source knows by name to hold no records
   */
  record Skipped(long hidden, long links, long metadata) {}
}
