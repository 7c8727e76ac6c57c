package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.MissingBlockException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class IndexRunTest {
  /** Enough for one run, and some loose packs beside it. */
  private static final int PACKS = 70;

  private static final int BLOCKS_A_PACK = 3;

  @TempDir Path home;
  @TempDir Path scratch;

  @Test
  void aWriterPastTheLimitMakesARunAndAllIsFound() throws IOException {
    fill(0, PACKS);
    assertThat(runs()).hasSize(1);
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, PACKS);
      assertThat(store.has(Homes.text("not there").cid())).isFalse();
      assertThatThrownBy(() -> store.get(Homes.text("not there").cid()))
          .isInstanceOf(MissingBlockException.class);
      assertThat(store.verify().all().isClean()).isTrue();
      try (LocalWriter writer = store.newWriter()) {
        for (int pack = 0; pack < PACKS; pack++) {
          assertThat(writer.put(block(pack, 1))).isFalse();
        }
        writer.seal();
      }
    }
    assertThat(Homes.packs(home)).hasSize(PACKS);
  }

  @Test
  void runsAreMergedAndRebuiltFromThePacksAtWill() throws IOException {
    fill(0, 3 * PACKS);
    assertThat(runs()).hasSizeLessThanOrEqualTo(2);
    for (Path run : runs()) {
      Files.delete(run);
    }
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, 3 * PACKS);
    }
    fill(3 * PACKS, 3 * PACKS + 1);
    assertThat(runs()).hasSize(1);
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, 3 * PACKS + 1);
    }
  }

  @Test
  void aDamagedRunIsAMissAndNoMore() throws IOException {
    fill(0, PACKS);
    Path run = runs().get(0);
    byte[] whole = Files.readAllBytes(run);
    Random random = new Random(7);
    for (int i = 0; i < 40; i++) {
      int bit = random.nextInt(whole.length * 8);
      Homes.flip(run, bit);
      try (LocalStore store = LocalStore.open(home)) {
        assertAllFound(store, PACKS);
      }
      Homes.flip(run, bit);
    }
    for (int i = 0; i < 20; i++) {
      Files.write(run, Arrays.copyOf(whole, random.nextInt(whole.length)));
      try (LocalStore store = LocalStore.open(home)) {
        assertAllFound(store, PACKS);
      }
    }
  }

  @Test
  void aRunThatLiesIsNotBelieved() throws IOException {
    fill(0, PACKS);
    List<String> names =
        Homes.packs(home).stream()
            .map(pack -> PackFormat.nameOf(pack.getFileName().toString()))
            .toList();
    Path lying = home.resolve("lying");
    try (RunWriter writer = new RunWriter(Disk.real(), lying, PackNames.of(names))) {
      for (byte[] key : sortedKeys(PACKS)) {
        writer.add(new WrongPlace(key));
      }
      writer.finish();
    }
    Files.move(lying, home.resolve("index/" + "0".repeat(64) + ".run"));
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, PACKS);
      for (int pack = 0; pack < PACKS; pack++) {
        assertThat(store.has(block(pack, 0).cid())).isTrue();
      }
    }
  }

  @Test
  void aRunOverPacksThatAreGoneDoesNoHarm() throws IOException {
    fill(0, PACKS);
    Files.delete(Homes.packs(home).get(0));
    Files.delete(Homes.packs(home).get(30));
    int found = 0;
    try (LocalStore store = LocalStore.open(home);
        LocalWriter writer = store.newWriter()) {
      for (int pack = 0; pack < PACKS; pack++) {
        boolean has = store.has(block(pack, 0).cid());
        found += has ? 1 : 0;
        assertThat(writer.put(block(pack, 0))).isEqualTo(!has);
      }
      writer.seal();
      assertThat(found).isEqualTo(PACKS - 2);
      assertThat(store.get(block(0, 0).cid()).bytes()).isEqualTo(block(0, 0).bytes());
    }
  }

  @Test
  void aCorruptBlockThatARunFindsIsServedFromAnotherPack() throws IOException {
    fill(0, PACKS);
    Homes.addPack(home, scratch, block(5, 0));
    int copies = 0;
    for (Path pack : Homes.packs(home)) {
      if (Homes.flipText(pack, "pack 5 block 0")) {
        copies++;
        try (LocalStore store = LocalStore.open(home)) {
          assertThat(store.get(block(5, 0).cid()).bytes()).isEqualTo(block(5, 0).bytes());
        }
        Homes.flipText(pack, "qack 5 block 0");
      }
    }
    assertThat(copies).isEqualTo(2);
  }

  @Test
  @Timeout(60)
  void aRunThatTurnsOutDamagedIsMadeAnew() throws IOException {
    fill(0, PACKS);
    Path run = runs().get(0);
    byte[] whole = Files.readAllBytes(run);
    Homes.flip(run, (whole.length - 100L) * Byte.SIZE);
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, PACKS);
      Homes.put(store, block(PACKS, 0));
      assertAllFound(store, PACKS);
    }
    assertThat(runs()).hasSize(1);
    try (LocalStore store = LocalStore.open(home)) {
      assertAllFound(store, PACKS);
    }
  }

  @Test
  void aTruncatedPackDoesNotDiscreditTheRunThatNamesIt() throws IOException {
    fill(0, PACKS);
    Path pack = Homes.packs(home).get(7);
    Files.write(pack, Arrays.copyOf(Files.readAllBytes(pack), 120));
    try (LocalStore store = LocalStore.open(home)) {
      int found = 0;
      for (int i = 0; i < PACKS; i++) {
        found += store.has(block(i, 2).cid()) ? 1 : 0;
      }
      assertThat(found).isEqualTo(PACKS - 1);
      Homes.put(store, block(PACKS, 0));
    }
    assertThat(runs()).hasSize(1);
    try (LocalStore store = LocalStore.open(home);
        IndexRun run = openRun()) {
      assertThat(run.packs()).hasSize(65);
      assertThat(store.verify().all().isClean()).isFalse();
    }
  }

  private IndexRun openRun() throws IOException {
    return IndexRun.open(Disk.real().open(runs().get(0)), "test");
  }

  private static final class WrongPlace extends RunCursor {
    WrongPlace(byte[] key) {
      System.arraycopy(key, 0, this.key, 0, key.length);
      pack = 3;
      offset = 40;
      length = 9;
    }

    @Override
    boolean next() {
      return false;
    }

    @Override
    public void close() {}
  }

  private static List<byte[]> sortedKeys(int packs) {
    List<byte[]> keys = new ArrayList<>();
    for (int pack = 0; pack < packs; pack++) {
      for (int i = 0; i < BLOCKS_A_PACK; i++) {
        keys.add(block(pack, i).cid().multihash().digest());
      }
    }
    keys.sort(Arrays::compareUnsigned);
    return keys;
  }

  private void fill(int from, int to) throws IOException {
    try (LocalStore store = LocalStore.open(home)) {
      for (int pack = from; pack < to; pack++) {
        Block[] blocks = new Block[BLOCKS_A_PACK];
        for (int i = 0; i < BLOCKS_A_PACK; i++) {
          blocks[i] = block(pack, i);
        }
        Homes.put(store, blocks);
      }
    }
  }

  private static void assertAllFound(LocalStore store, int packs) throws IOException {
    for (int pack = 0; pack < packs; pack++) {
      for (int i = 0; i < BLOCKS_A_PACK; i++) {
        Block block = block(pack, i);
        assertThat(store.has(block.cid())).isTrue();
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
    }
  }

  private static Block block(int pack, int number) {
    return Homes.text("pack " + pack + " block " + number);
  }

  private List<Path> runs() throws IOException {
    return Homes.files(home.resolve("index")).stream().map(home.resolve("index")::resolve).toList();
  }
}
