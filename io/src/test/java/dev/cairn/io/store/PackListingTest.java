package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When packs are listed, and what happens between the listing and the look into a pack. */
class PackListingTest {
  private static final int PACKS = 300;

  @TempDir Path home;
  @TempDir Path scratch;
  private final FaultyDisk disk = new FaultyDisk();

  @Test
  void whatARunLeadsToIsFoundWithoutListingPacks() throws IOException {
    List<Block> blocks = fill();
    disk.failWhen((act, path) -> act.equals("list") && path.endsWith("packs"));
    try (LocalStore store = LocalStore.open(home, disk)) {
      for (Block block : blocks) {
        assertThat(store.has(block.cid())).isTrue();
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
      assertThatThrownBy(() -> store.has(Homes.text("nowhere").cid()))
          .isInstanceOf(StorageException.class);
    }
    assertThat(disk.openFiles()).isZero();
  }

  @Test
  void morePacksThanCanBeOpenAtOnceBecomeOneRun() throws IOException {
    fill();
    List<Path> runs = Homes.files(home.resolve("index"));
    assertThat(runs).hasSize(1);
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
    Path run = home.resolve("index").resolve(runs.get(0));
    try (IndexRun open = IndexRun.open(Disk.real().open(run), "test")) {
      assertThat(open.packs()).hasSize(PACKS);
      assertThat(open.entries()).isEqualTo(2 * PACKS);
    }
  }

  @Test
  void anIndexThatCannotBeStagedLeavesNothing() throws IOException {
    fill();
    Files.delete(home.resolve("index").resolve(Homes.files(home.resolve("index")).get(0)));
    try (LocalStore store = LocalStore.open(home, disk)) {
      store.actions().put("makes-it-a-writer", "", List.of());
      disk.failWhen((act, path) -> act.equals("write") && path.toString().endsWith(".run"));
      assertThatThrownBy(() -> Homes.put(store, Homes.text("new")))
          .isInstanceOf(StorageException.class);
      assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
    }
    assertThat(disk.openFiles()).isZero();
  }

  @Test
  void aBlockThatGcMovesOnTheWayIsFoundWhereItWent() throws IOException {
    Block block = Homes.text("a block");
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, block);
    }
    Path first = Homes.packs(home).get(0);
    moveWhenOpened(first, block, Homes.text("another"));
    try (LocalStore store = LocalStore.open(home, disk)) {
      assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
    }
    assertThat(first).doesNotExist();
    moveWhenOpened(Homes.packs(home).get(0), block, Homes.text("a third"));
    try (LocalStore store = LocalStore.open(home, disk)) {
      assertThat(store.has(block.cid())).isTrue();
    }
  }

  /** As another process's gc may do between a listing and a look into the pack. */
  private void moveWhenOpened(Path pack, Block... blocks) {
    AtomicBoolean moved = new AtomicBoolean();
    disk.failWhen(
        (act, path) -> {
          if (act.equals("open") && path.equals(pack) && !moved.getAndSet(true)) {
            try {
              Homes.addPack(home, scratch.resolve("of" + blocks[1].cid()), blocks);
              Files.delete(pack);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return false;
        });
  }

  @Test
  void aRunThatIsMergedAwayOnTheWayIsLookedForAgain() throws IOException {
    List<Block> blocks = fill();
    Path index = home.resolve("index");
    Path run = index.resolve(Homes.files(index).get(0));
    disk.failWhen(
        (act, path) -> {
          if (act.equals("open") && path.equals(run) && Files.exists(run)) {
            try {
              Files.move(run, index.resolve("0".repeat(64) + ".run"));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
          return act.equals("list") && path.endsWith("packs");
        });
    try (LocalStore store = LocalStore.open(home, disk)) {
      assertThat(store.has(blocks.get(0).cid())).isTrue();
    }
  }

  /** Makes 300 packs of two blocks, and a run over them. */
  private List<Block> fill() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 2 * PACKS; i++) {
      blocks.add(Homes.text("block " + i));
    }
    try (LocalStore store = LocalStore.open(home, Disk.real(), new PackLimits(1L << 30, 2))) {
      Homes.put(store, blocks.toArray(Block[]::new));
      Homes.put(store, blocks.get(0));
    }
    return blocks;
  }
}
