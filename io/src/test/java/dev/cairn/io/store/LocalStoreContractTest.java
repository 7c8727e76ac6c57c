package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockStoreContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The local store, and a writer's view of what is not sealed yet. */
class LocalStoreContractTest {
  @TempDir Path home;

  @Nested
  class Sealed extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      LocalStore store = LocalStore.open(home);
      Homes.put(store, blocks.toArray(Block[]::new));
      return store;
    }
  }

  /** Many packs, of one block each. */
  @Nested
  class Scattered extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      LocalStore store = LocalStore.open(home, Disk.real(), new PackLimits(1L << 30, 1));
      Homes.put(store, blocks.toArray(Block[]::new));
      return store;
    }
  }
}
