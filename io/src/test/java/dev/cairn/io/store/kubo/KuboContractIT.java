package dev.cairn.io.store.kubo;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockStoreContract;
import dev.cairn.io.store.http.DagStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node keeps the contract of stores, block by block and with archives read ahead. */
class KuboContractIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  private KuboStore node;

  @BeforeEach
  void open() throws IOException {
    node = KUBO.store();
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void put(List<Block> blocks) throws IOException {
    for (Block block : blocks) {
      node.client().blockRemove(block.cid());
    }
    try (KuboWriter writer = node.newWriter()) {
      for (Block block : blocks) {
        writer.put(block);
      }
      writer.seal();
    }
  }

  @Nested
  class Single extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      put(blocks);
      return KUBO.store();
    }

    @Override
    protected void damage(Block block) throws IOException {
      KUBO.flip(block.cid());
    }
  }

  @Nested
  class Streaming extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      put(blocks);
      return new DagStream(
          node, block -> () -> node.export(block.cid()), "kubo", DagStream.STANDARD_BYTES);
    }

    @Override
    protected void damage(Block block) throws IOException {
      KUBO.flip(block.cid());
    }
  }
}
