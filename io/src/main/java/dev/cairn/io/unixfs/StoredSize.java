package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;

/** The size that a folder's link to a stored node declares. */
public final class StoredSize {
  private StoredSize() {}

  /** Bytes of all blocks below {@code root}, by what its root block declares. */
  public static long of(BlockStore store, Cid root) throws IOException {
    Block block = store.get(root);
    long size = block.size();
    if (root.codec() == Codec.DAG_PB) {
      for (PbLink link : DagPb.decode(block.bytes()).links()) {
        size += link.tsize();
      }
    }
    return size;
  }
}
