package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockStoreContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The local store, and a writer's view of what is not sealed yet. */
class LocalStoreContractTest {
  @TempDir Path home;

  private void flip(Block block) throws IOException {
    String text = new String(block.bytes(), StandardCharsets.UTF_8);
    int flipped = 0;
    for (Path pack : Homes.packs(home)) {
      flipped += Homes.flipText(pack, text) ? 1 : 0;
    }
    assertThat(flipped).isOne();
  }

  @Nested
  class Sealed extends BlockStoreContract {
    @Override
    protected BlockStore storeOf(List<Block> blocks) throws IOException {
      LocalStore store = LocalStore.open(home);
      Homes.put(store, blocks.toArray(Block[]::new));
      return store;
    }

    @Override
    protected void damage(Block block) throws IOException {
      flip(block);
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

    @Override
    protected void damage(Block block) throws IOException {
      flip(block);
    }
  }
}
