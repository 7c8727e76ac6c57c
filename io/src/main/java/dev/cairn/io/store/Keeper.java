package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;

/**
 * Sees to it that DAGs are whole in packs that stay: what lies only in packs that are condemned or
 * damaged is written again. For a registered writer. Not thread-safe.
 */
final class Keeper implements Mark.Roots, Closeable {
  private final LocalStore store;
  private final Packs packs;
  private final LocalWriter writer;
  private final DagWalk walk;

  Keeper(LocalStore store, Packs packs) {
    this.store = store;
    this.packs = packs;
    this.writer = store.newWriter();
    this.walk = DagWalk.skippingLeaves(store);
  }

  /**
   * Keeps a DAG.
   *
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or damaged
   */
  @Override
  public void dag(Cid root) throws IOException {
    walk.from(
        root,
        new DagWalk.Visitor() {
          @Override
          public void block(Block block) throws IOException {
            writer.put(block);
          }

          @Override
          public void leaf(Cid cid) throws IOException {
            Keeper.this.block(cid);
          }
        });
  }

  /** Keeps a block, whatever is below it. */
  @Override
  public void block(Cid cid) throws IOException {
    if (cid.isIdentity()) {
      return;
    }
    if (packs.holds(cid)) {
      writer.rely();
    } else {
      writer.put(store.get(cid));
    }
  }

  /** Makes what was written again durable. */
  void seal() throws IOException {
    writer.seal();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
