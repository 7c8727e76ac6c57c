package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;

/** A writer's blocks before the store's. */
record PendingBlocks(LocalWriter writer, LocalStore store) implements BlockStore {
  @Override
  public Block get(Cid cid) throws IOException {
    Block block = cid.isIdentity() ? null : writer.get(cid);
    return block == null ? store.get(cid) : block;
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return (!cid.isIdentity() && writer.contains(cid)) || store.has(cid);
  }

  @Override
  public void close() {}
}
