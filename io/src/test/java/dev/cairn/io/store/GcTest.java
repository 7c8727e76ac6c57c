package dev.cairn.io.store;

import static dev.cairn.io.store.Homes.put;
import static dev.cairn.io.store.Homes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcTest {
  private final Block a = text("a block");
  private final Block b = text("another block");
  private final Block c = text("a third block");

  @TempDir Path folder;
  private Path home;
  private LocalStore store;

  @BeforeEach
  void open() throws IOException {
    home = folder.resolve("home");
    store = LocalStore.open(home);
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void whatNothingNeedsGoes() throws IOException {
    put(store, a);
    put(store, b);
    pin(a);
    long size = Files.size(packOf(b));
    assertThat(gcOf(store).preview()).isEqualTo(new GcReport(1, 1, size, 0));
    assertThat(gcOf(store).run()).isEqualTo(new GcReport(1, 1, size, 0));
    assertThat(store.has(a.cid())).isTrue();
    assertThat(store.has(b.cid())).isFalse();
    assertThat(Homes.packs(home)).hasSize(1);
    assertThat(Homes.files(home.resolve("condemned"))).isEmpty();
    assertThat(store.verify().all().isClean()).isTrue();
    assertThat(gcOf(store).run()).isEqualTo(new GcReport(1, 0, 0, 0));
  }

  @Test
  void aPackOfWhichSomethingStaysIsRewritten() throws IOException {
    put(store, a, b, c);
    pin(b);
    GcReport report = gcOf(store).run();
    assertThat(report.keptBlocks()).isEqualTo(1);
    assertThat(report.removedBlocks()).isEqualTo(2);
    assertThat(store.get(b.cid()).bytes()).isEqualTo(b.bytes());
    assertThat(store.has(a.cid())).isFalse();
    assertThat(store.verify().all()).isEqualTo(new VerifyReport(1, 13, List.of(), List.of()));
  }

  @Test
  void aPackWaitsForWritersThatLivedWhenItWasCondemned() throws IOException {
    put(store, a);
    try (LocalStore other = LocalStore.open(home)) {
      put(other, text("makes it a writer"));
      other.pins().add(text("makes it a writer").cid(), Pin.Kind.PERSISTENT, "test");
      GcReport report = gcOf(store).run();
      assertThat(report.removedBlocks()).isZero();
      assertThat(report.waitingBytes()).isEqualTo(Files.size(packOf(a)));
      assertThat(store.has(a.cid())).as("still read").isTrue();
      // It counted on the pack before, and may do so now.
      put(other, a);
      pin(other, a);
      assertThat(Homes.packs(home)).as("not written again").hasSize(2);
    }
    GcReport report = gcOf(store).run();
    assertThat(report.removedBlocks()).isZero();
    assertThat(report.waitingBytes()).isZero();
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void whoeverComesLaterDoesNotCountOnACondemnedPack() throws IOException {
    put(store, a, b);
    try (LocalStore old = LocalStore.open(home)) {
      old.actions().put("makes-it-a-writer", "", List.of());
      gcOf(store).run();
      String condemned = Homes.packs(home).get(0).getFileName().toString();
      try (LocalStore later = LocalStore.open(home)) {
        put(later, a, b);
        assertThat(Homes.packs(home))
            .as("the same blocks again, under another name")
            .hasSize(2)
            .anyMatch(pack -> pack.endsWith(condemned));
        pin(later, a);
      }
    }
    gcOf(store).run();
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
    assertThat(store.has(b.cid())).isFalse();
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void keepingWritesAgainWhatIsCondemned() throws IOException {
    put(store, a);
    try (LocalStore old = LocalStore.open(home)) {
      old.actions().put("makes-it-a-writer", "", List.of());
      gcOf(store).run();
      try (LocalStore later = LocalStore.open(home)) {
        later.keep(a.cid());
        pin(later, a);
      }
    }
    assertThat(gcOf(store).run().keptBlocks()).isEqualTo(1);
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
  }

  @Test
  void keepingWritesNothingThatAnotherProcessJustStored() throws IOException {
    put(store, a);
    try (LocalStore other = LocalStore.open(home)) {
      put(other, b);
    }
    store.keep(b.cid());
    assertThat(Homes.packs(home)).hasSize(2);
  }

  @Test
  void actionsKeepTheirObjectsForTwoWeeks() throws IOException {
    put(store, a);
    store.actions().put("shard-1", "{}", List.of(a.cid()));
    gcOf(store).run();
    assertThat(store.actions().get("shard-1")).contains("{}");
    assertThat(store.has(a.cid())).isTrue();
    age("actions/shard-1", Duration.ofDays(15));
    assertThat(gcOf(store).run().removedBlocks()).isEqualTo(1);
    assertThat(store.actions().get("shard-1")).isEmpty();
    assertThat(store.has(a.cid())).isFalse();
  }

  @Test
  void anOldActionStaysWithWhatSomethingElseKeeps() throws IOException {
    put(store, a);
    pin(a);
    store.actions().put("shard-1", "{}", List.of(a.cid()));
    age("actions/shard-1", Duration.ofDays(15));
    gcOf(store).run();
    assertThat(store.actions().get("shard-1")).contains("{}");
  }

  @Test
  void aCachePinGoesWithItsBlocks() throws IOException {
    put(store, a);
    store.pins().add(a.cid(), Pin.Kind.CACHE, "test");
    assertThat(gcOf(store).run().removedBlocks()).isEqualTo(1);
    assertThat(store.pins().list()).isEmpty();
  }

  @Test
  void nothingIsDeletedAtADamagedBlockUntilItIsPutAgain() throws IOException {
    put(store, a);
    put(store, b);
    pin(a);
    assertThat(Homes.flipText(packOf(a), "a block")).isTrue();
    assertThatThrownBy(() -> gcOf(store).run())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining(a.cid().toString());
    assertThat(store.has(b.cid())).isTrue();
    store.close();
    store = LocalStore.open(home);
    assertThat(store.isWhole(a.cid())).isFalse();
    put(store, a);
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
    assertThat(gcOf(store).run().removedBlocks()).isEqualTo(1);
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void nothingIsDeletedAtAnUnreadableRoot() throws IOException {
    put(store, a);
    put(store, b);
    pin(a);
    Files.writeString(home.resolve("pins").resolve(a.cid().toString()), "damaged");
    assertThatThrownBy(() -> gcOf(store).run()).isInstanceOf(IntegrityException.class);
    assertThat(store.has(a.cid())).isTrue();
    assertThat(store.has(b.cid())).isTrue();
  }

  @Test
  void aPackWithADamagedIndexIsRewritten() throws IOException {
    put(store, a, b);
    pin(a);
    pin(b);
    Path pack = packOf(a);
    store.close();
    Homes.flip(pack, Files.size(pack) * Byte.SIZE - 1);
    store = LocalStore.open(home);
    assertThat(store.verify().all().isClean()).isFalse();
    gcOf(store).run();
    assertThat(store.verify().all().isClean()).isTrue();
    assertThat(store.get(a.cid()).bytes()).isEqualTo(a.bytes());
    assertThat(store.get(b.cid()).bytes()).isEqualTo(b.bytes());
  }

  @Test
  void aFullDiskIsFreedOfWhatNothingNeeds() throws IOException {
    put(store, a);
    put(store, b);
    pin(a);
    pin(b);
    store.close();
    FaultyDisk disk = new FaultyDisk();
    store = LocalStore.open(home, disk);
    disk.failWhen((act, path) -> act.equals("write"));
    assertThat(store.pins().remove(b.cid())).isTrue();
    assertThat(gcOf(store).run().removedBlocks()).isEqualTo(1);
    assertThat(store.has(b.cid())).isFalse();
    disk.heal();
    assertThat(store.verify().all()).isEqualTo(new VerifyReport(1, 7, List.of(), List.of()));
  }

  @Test
  void manySmallPacksAreMerged() throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      blocks.add(text("block " + i));
      put(store, blocks.get(i));
      pin(blocks.get(i));
    }
    assertThat(gcOf(store).run().keptBlocks()).isEqualTo(40);
    assertThat(Homes.packs(home)).hasSize(1);
    for (Block block : blocks) {
      assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
    }
    assertThat(store.verify().all().isClean()).isTrue();
  }

  @Test
  void whatTheDeadLeftGoes() throws IOException {
    put(store, a);
    pin(a);
    Path writers = home.resolve("writers");
    String living = Homes.files(writers).get(0).toString();
    String text = Files.readString(writers.resolve(living));
    String dead = "0123456789abcdef";
    String body =
        text.substring(text.indexOf('\n') + 1, text.lastIndexOf("sha256"))
            .replaceFirst("pid [0-9]+", "pid 999999999");
    Files.write(
        writers.resolve(dead),
        SmallFile.encode("cairn-writer " + dead, body.substring(0, body.length() - 1)));
    Path left = Files.writeString(home.resolve("tmp").resolve(dead + "-1.car"), "half");
    Path mine = Files.writeString(home.resolve("tmp").resolve(living + "-99.car"), "half");
    Path young = Files.writeString(home.resolve("tmp").resolve("ffffffffffffffff-1"), "half");
    gcOf(store).run();
    assertThat(left).doesNotExist();
    assertThat(mine).exists();
    assertThat(young).as("may be registering").exists();
    assertThat(Homes.files(writers)).containsExactly(Path.of(living));
    age("tmp/ffffffffffffffff-1", Duration.ofHours(2));
    gcOf(store).run();
    assertThat(young).doesNotExist();
    Files.delete(mine);
  }

  @Test
  void anEmptyHomeIsNotMade() throws IOException {
    assertThat(gcOf(store).run()).isEqualTo(new GcReport(0, 0, 0, 0));
    assertThat(home).doesNotExist();
  }

  private static Gc gcOf(LocalStore store) {
    return store.gc();
  }

  private void pin(Block block) throws IOException {
    pin(store, block);
  }

  private static void pin(LocalStore store, Block block) throws IOException {
    store.pins().add(block.cid(), Pin.Kind.PERSISTENT, "test");
  }

  private void age(String file, Duration age) throws IOException {
    Files.setLastModifiedTime(home.resolve(file), FileTime.from(Instant.now().minus(age)));
  }

  private Path packOf(Block block) throws IOException {
    Cid cid = block.cid();
    for (Path pack : Homes.packs(home)) {
      String bytes = Files.readString(pack, StandardCharsets.ISO_8859_1);
      if (bytes.contains(new String(block.bytes(), StandardCharsets.ISO_8859_1))) {
        return pack;
      }
    }
    throw new AssertionError("no pack with " + cid);
  }
}
