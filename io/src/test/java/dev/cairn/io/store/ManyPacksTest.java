package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One batch that fills several packs. */
class ManyPacksTest {
  @TempDir Path home;

  @Test
  void packsRollByBlocksAndNothingIsSeenBeforeTheSeal() throws IOException {
    try (LocalStore store = LocalStore.open(home, Disk.real(), new PackLimits(1L << 30, 10))) {
      List<Block> blocks = blocks(95, 100);
      try (LocalWriter writer = store.newWriter()) {
        for (Block block : blocks) {
          assertThat(writer.put(block)).isTrue();
        }
        for (Block block : blocks) {
          assertThat(writer.put(block)).isFalse();
          assertThat(writer.pending().get(block.cid()).bytes()).isEqualTo(block.bytes());
          assertThat(writer.pending().has(block.cid())).isTrue();
          assertThat(store.has(block.cid())).isFalse();
        }
        assertThat(writer.newBlocks()).isEqualTo(95);
        writer.seal();
      }
      assertThat(Homes.packs(home)).hasSize(10);
      assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
      for (Block block : blocks) {
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
      assertThat(store.verify().all().blocks()).isEqualTo(95);
    }
  }

  @Test
  void packsRollByBytes() throws IOException {
    try (LocalStore store = LocalStore.open(home, Disk.real(), new PackLimits(10_000, 1000))) {
      Homes.put(store, blocks(20, 3000).toArray(Block[]::new));
      assertThat(Homes.packs(home)).hasSize(7);
      assertThat(store.verify().all().isClean()).isTrue();
    }
  }

  @Test
  void aPackWhoseIndexLiesIsLeftOutOfTheRuns() throws IOException {
    Block[] blocks = blocks(70, 100).toArray(Block[]::new);
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, blocks[0]);
    }
    Path honest = Homes.packs(home).get(0);
    byte[] pack = Files.readAllBytes(honest);
    ByteBuffer bytes = ByteBuffer.wrap(pack).order(ByteOrder.LITTLE_ENDIAN);
    int index = (int) bytes.getLong(43);
    bytes.putLong(pack.length - Long.BYTES, 1L << 40);
    String name = DigestUtils.sha256Hex(Arrays.copyOfRange(pack, index, pack.length));
    Files.write(honest.resolveSibling(name + ".car"), pack);
    Files.delete(honest);
    for (int i = 1; i < 70; i++) {
      try (LocalStore store = LocalStore.open(home)) {
        Homes.put(store, blocks[i]);
      }
    }
    assertThat(Homes.files(home.resolve("index"))).isNotEmpty();
    try (LocalStore store = LocalStore.open(home)) {
      for (int i = 1; i < 70; i++) {
        assertThat(store.get(blocks[i].cid()).bytes()).isEqualTo(blocks[i].bytes());
      }
      assertThat(store.verify().all().corrupt()).isNotEmpty();
    }
  }

  @Test
  void anAbandonedBatchRemovesAllItsPacks() throws IOException {
    try (LocalStore store = LocalStore.open(home, Disk.real(), new PackLimits(1L << 30, 10))) {
      try (LocalWriter writer = store.newWriter()) {
        for (Block block : blocks(35, 100)) {
          writer.put(block);
        }
        assertThat(Homes.files(home.resolve("tmp"))).hasSize(4);
      }
      assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
      assertThat(Homes.packs(home)).isEmpty();
    }
  }

  @Test
  void indexesThatAreTooLargeToKeepAreReadByPage() throws IOException {
    List<Block> blocks = blocks(20_000, 20);
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, blocks.toArray(Block[]::new));
    }
    try (LocalStore store = LocalStore.open(home)) {
      for (Block block : blocks) {
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
      for (Block absent : blocks(100, 21)) {
        assertThat(store.has(absent.cid())).isFalse();
      }
    }
  }

  private static List<Block> blocks(int count, int bytes) {
    Random random = new Random(bytes);
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      blocks.add(Block.raw(content));
    }
    return blocks;
  }
}
