package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.InputStream;

/**
 * Puts the blocks of an archive into a writer, which the caller then seals: until then nothing is
 * visible, so that an import is all or nothing.
 */
public final class CarImport {
  private CarImport() {}

  /**
   * Reads a CARv1 or CARv2 to its end.
   *
   * @param where the archive's name, for errors
   * @throws dev.cairn.io.cid.MalformedContentException if it is no whole CAR
   * @throws dev.cairn.io.block.CorruptBlockException if a block's bytes are not those of its CID
   */
  public static CarSummary read(InputStream in, String where, BlockWriter into) throws IOException {
    CarReader car = CarReader.open(in, where);
    long blocks = 0;
    long bytes = 0;
    for (Block block = car.next(); block != null; block = car.next()) {
      into.put(block);
      blocks++;
      bytes += block.size();
    }
    return new CarSummary(car.roots(), blocks, bytes);
  }

  /**
   * As above, and then makes sure that every root's DAG is whole, as a pin demands: from the
   * archive, or from what was stored before.
   *
   * @param pending what readers will see once {@code into} is sealed
   * @throws dev.cairn.io.block.IntegrityException naming a block that is missing or corrupt
   */
  public static CarSummary readWhole(
      InputStream in, String where, BlockWriter into, BlockStore pending) throws IOException {
    CarSummary summary = read(in, where, into);
    DagWalk walk = DagWalk.skippingLeaves(pending);
    for (Cid root : summary.roots()) {
      walk.from(root, new WholeDag(where, root));
    }
    return summary;
  }

  private record WholeDag(String where, Cid root) implements DagWalk.Visitor {
    @Override
    public void block(Block block) {}

    @Override
    public void missing(MissingBlockException e) throws MissingBlockException {
      throw new MissingBlockException(
          e.cid() == null ? root : e.cid(), where + " nor in the store, but below root " + root);
    }
  }
}
