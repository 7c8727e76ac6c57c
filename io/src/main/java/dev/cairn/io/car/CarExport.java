package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes whole DAGs as archives: depth first in link order, each block once, identity CIDs too,
 * byte for byte as {@code ipfs dag export} does. Every block is hashed as it is read.
 */
public final class CarExport {
  private CarExport() {}

  /**
   * Writes a CARv1 and leaves the stream open. After an exception what was written is no whole
   * archive.
   *
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or corrupt
   */
  public static CarSummary v1(BlockStore store, Cid root, OutputStream out) throws IOException {
    CarWriter car = new CarWriter(out, List.of(root));
    Counting counting = new Counting(car::write);
    DagWalk.reading(store).from(root, counting);
    car.flush();
    return new CarSummary(List.of(root), counting.blocks, counting.bytes);
  }

  /** As {@link #v1}, as a CARv2 with an index. */
  public static CarSummary v2(BlockStore store, Cid root, CarSink sink) throws IOException {
    CarV2Writer car = new CarV2Writer(sink, List.of(root), false);
    Counting counting = new Counting(car::put);
    DagWalk.reading(store).from(root, counting);
    car.finish();
    return new CarSummary(List.of(root), counting.blocks, counting.bytes);
  }

  private interface BlockSink {
    void put(Block block) throws IOException;
  }

  private static final class Counting implements DagWalk.Visitor {
    private final BlockSink sink;
    private long blocks;
    private long bytes;

    Counting(BlockSink sink) {
      this.sink = sink;
    }

    @Override
    public void block(Block block) throws IOException {
      sink.put(block);
      blocks++;
      bytes += block.size();
    }
  }
}
