package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;

/** Whether what an action names is still in the store. */
final class StoredDag {
  private StoredDag() {}

  /** True if every block is here; leaves are not read. */
  static boolean isWhole(BlockStore store, Cid root) throws IOException {
    try {
      DagWalk.skippingLeaves(store).from(root, block -> {});
      return true;
    } catch (MissingBlockException e) {
      return false;
    }
  }
}
