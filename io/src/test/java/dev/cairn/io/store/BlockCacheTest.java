package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockCacheTest {
  private static final PackLimits SEGMENT = new PackLimits(10_000, 100);

  private final Block a = Homes.text("a block from elsewhere");

  @TempDir Path folder;
  private Home home;
  private Path segments;

  @BeforeEach
  void nameHome() {
    home = new Home(folder.resolve("home"), Disk.real(), Machine.real());
    segments = home.root().resolve("cache/blocks");
  }

  @AfterEach
  void close() throws IOException {
    home.close();
  }

  @Test
  void whatWasPutIsFoundHereAndOnceClosedElsewhere() throws IOException {
    try (BlockCache other = open(Long.MAX_VALUE)) {
      try (BlockCache cache = open(Long.MAX_VALUE)) {
        assertThat(cache.get(a.cid())).isNull();
        cache.put(a);
        assertThat(bytesIn(cache, a)).isEqualTo(a.bytes());
        assertThat(other.has(a.cid())).isFalse();
      }
      assertThat(bytesIn(other, a)).isEqualTo(a.bytes());
      other.put(a);
    }
    assertThat(Homes.files(segments)).hasSize(1);
  }

  @Test
  void theStoreDoesNotCountOnIt() throws IOException {
    try (LocalStore store = LocalStore.open(home.root())) {
      try (BlockCache cache = store.cache()) {
        cache.put(a);
      }
      assertThat(store.has(a.cid())).isFalse();
      assertThat(store.isWhole(a.cid())).isFalse();
      Homes.put(store, a);
      assertThat(Homes.packs(home.root())).as("is no deduplication hit").hasSize(1);
      store.gc().run();
      assertThat(Homes.files(segments)).as("gc leaves it").hasSize(1);
      assertThat(store.verify().all().isClean()).isTrue();
    }
  }

  @Test
  void theOldestSegmentsGo() throws IOException {
    List<Block> blocks = new ArrayList<>();
    Random random = new Random(1);
    try (BlockCache cache = open(45_000)) {
      for (int i = 0; i < 20; i++) {
        byte[] bytes = new byte[9000];
        random.nextBytes(bytes);
        blocks.add(Block.raw(bytes));
        cache.put(blocks.get(i));
        stampByOrder();
      }
    }
    assertThat(Homes.files(segments)).hasSize(4);
    try (BlockCache cache = open(45_000)) {
      assertThat(cache.has(blocks.get(0).cid())).isFalse();
      for (int i = 16; i < 20; i++) {
        assertThat(bytesIn(cache, blocks.get(i))).isEqualTo(blocks.get(i).bytes());
      }
    }
  }

  private int stamped;

  /** Segments of one tick of the clock have no order; here each has its own. */
  private void stampByOrder() throws IOException {
    if (Files.exists(segments)) {
      for (Path name : Homes.files(segments)) {
        Path file = segments.resolve(name);
        if (Files.getLastModifiedTime(file).toInstant().isAfter(Instant.EPOCH.plusSeconds(999))) {
          Files.setLastModifiedTime(file, FileTime.fromMillis(1000L * ++stamped));
        }
      }
    }
  }

  @Test
  void damageIsAMiss() throws IOException {
    Block b = Homes.text("another block");
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      cache.put(a);
      cache.put(b);
    }
    Path segment = segments.resolve(Homes.files(segments).get(0));
    assertThat(Homes.flipText(segment, "a block from")).isTrue();
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      assertThat(cache.get(a.cid())).isNull();
      assertThat(segment).as("goes as a whole").doesNotExist();
      cache.put(a);
      assertThat(bytesIn(cache, a)).isEqualTo(a.bytes());
    }
    segment = segments.resolve(Homes.files(segments).get(0));
    Files.write(segment, new byte[100]);
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      assertThat(cache.get(a.cid())).isNull();
    }
  }

  @Test
  void smallSegmentsOfManyProcessesAreMerged() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      blocks.add(Homes.text("block " + i));
      try (BlockCache cache = open(Long.MAX_VALUE)) {
        cache.put(blocks.get(i));
      }
    }
    assertThat(Homes.files(segments)).hasSizeLessThan(35);
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      for (Block block : blocks) {
        assertThat(bytesIn(cache, block)).isEqualTo(block.bytes());
      }
    }
  }

  @Test
  void deletingItIsSafe() throws IOException {
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      cache.put(a);
    }
    try (BlockCache cache = open(Long.MAX_VALUE)) {
      assertThat(cache.has(a.cid())).isTrue();
      for (Path name : Homes.files(segments)) {
        Files.delete(segments.resolve(name));
      }
      Files.delete(segments);
      cache.put(Homes.text("new"));
    }
    assertThat(Homes.files(segments)).hasSize(1);
  }

  private static byte[] bytesIn(BlockCache cache, Block block) throws IOException {
    return Objects.requireNonNull(cache.get(block.cid())).bytes();
  }

  private BlockCache open(long maxBytes) {
    return new BlockCache(home, maxBytes, SEGMENT);
  }
}
