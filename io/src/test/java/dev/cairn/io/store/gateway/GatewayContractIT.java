package dev.cairn.io.store.gateway;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockStoreContract;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.kubo.KuboWriter;
import dev.cairn.io.store.kubo.RealKubo;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A gateway keeps the contract of stores, block by block and with archives read ahead. */
class GatewayContractIT {
  @RegisterExtension static final RealKubo KUBO = new RealKubo();

  private GatewayStore gateway;

  @BeforeEach
  void open() throws IOException {
    gateway = GatewayStore.builder(KUBO.gateway()).build();
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  private static void put(List<Block> blocks) throws IOException {
    try (KuboStore node = KUBO.store()) {
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
  }

  @Nested
  class Single extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      put(blocks);
      return GatewayStore.builder(KUBO.gateway()).build();
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
      return gateway.stream();
    }

    @Override
    protected void damage(Block block) throws IOException {
      KUBO.flip(block.cid());
    }
  }
}
