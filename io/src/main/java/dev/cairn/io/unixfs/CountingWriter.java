package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import java.io.IOException;

/** Counts what goes to a writer; sealing and closing stay with that writer's owner. */
final class CountingWriter implements BlockWriter {
  private final BlockWriter out;
  private long blocks;
  private long newBlocks;

  CountingWriter(BlockWriter out) {
    this.out = out;
  }

  @Override
  public boolean put(Block block) throws IOException {
    boolean isNew = out.put(block);
    blocks++;
    newBlocks += isNew ? 1 : 0;
    return isNew;
  }

  long blocks() {
    return blocks;
  }

  long newBlocks() {
    return newBlocks;
  }

  @Override
  public void seal() {}

  @Override
  public void close() {}
}
