package dev.cairn.pipelines;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Remembers which blocks of a store were read. */
final class RecordingStore implements BlockStore {
  private final BlockStore store;
  private final Set<Cid> read = new HashSet<>();

  RecordingStore(BlockStore store) {
    this.store = store;
  }

  @Override
  public Block get(Cid cid) throws IOException {
    read.add(cid);
    return store.get(cid);
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return store.has(cid);
  }

  Set<Cid> read() {
    return read;
  }

  @Override
  public void close() {}
}
