package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All single-bit flips and all truncations of one small pack. */
class PackDamageTest {
  @TempDir Path home;
  private List<Block> blocks;
  private Path pack;
  private byte[] whole;

  @BeforeEach
  void makePack() throws IOException {
    byte[] text = "sha2-512".getBytes(StandardCharsets.UTF_8);
    Multihash sha512 =
        Multihash.of(HashFunction.SHA2_512, HashFunction.SHA2_512.digest(text, 0, text.length));
    blocks =
        List.of(
            Homes.text("a"),
            Block.of(Codec.DAG_CBOR, "any bytes".getBytes(StandardCharsets.UTF_8)),
            Homes.text(""),
            Block.verified(Cid.v1(Codec.RAW, sha512), text, "test"),
            Block.raw(new byte[40]));
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, blocks.toArray(Block[]::new));
    }
    pack = Homes.packs(home).get(0);
    whole = Files.readAllBytes(pack);
  }

  @Test
  void everyFlippedBitIsFoundAndNoneIsServed() throws IOException {
    int served = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      Homes.flip(pack, bit);
      served += checkDamage("bit " + bit);
      Homes.flip(pack, bit);
    }
    assertThat(Files.readAllBytes(pack)).isEqualTo(whole);
    // A flip in header, seal or index hides nothing; one in a block hides that one, or those behind
    // it where the index went too; so on the average far more than half are served.
    assertThat(served).isGreaterThan(whole.length * 8 * blocks.size() * 3 / 4);
  }

  @Test
  void everyTruncationIsFoundAndWholeBlocksAreServed() throws IOException {
    for (int length = whole.length - 1; length >= 0; length--) {
      try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
        channel.truncate(length);
      }
      assertThat(checkDamage("cut to " + length)).isEqualTo(blocksBefore(length));
    }
  }

  @Test
  void bytesBehindTheIndexAreFound() throws IOException {
    Files.write(pack, Arrays.copyOf(whole, whole.length + 1));
    assertThat(checkDamage("a byte behind")).isEqualTo(blocks.size());
  }

  @Test
  void anotherPacksNameIsFound() throws IOException {
    String name = PackFormat.fileName("0".repeat(64));
    Files.move(pack, pack.resolveSibling(name));
    assertThat(checkDamage("renamed")).isEqualTo(blocks.size());
    Files.move(pack.resolveSibling(name), pack.resolveSibling("stray"));
    assertThat(Homes.verify(home).corrupt()).isNotEmpty();
  }

  @Test
  void aDamagedPackIsNotDeduplicatedAgainstAndIsHealedByWritingItAgain() throws IOException {
    byte[] flipped = whole.clone();
    flipped[whole.length - 1] ^= 1;
    Files.write(pack, flipped);
    try (LocalStore store = LocalStore.open(home)) {
      assertThat(store.has(blocks.get(0).cid())).isTrue();
      Homes.put(store, blocks.toArray(Block[]::new));
      assertThat(Homes.packs(home)).as("under another name").hasSize(2);
      store.pins().add(blocks.get(0).cid(), Pin.Kind.PERSISTENT, "test");
      store.gc().run();
      assertThat(store.get(blocks.get(0).cid()).bytes()).isEqualTo(blocks.get(0).bytes());
      assertThat(store.verify().all().isClean()).isTrue();
    }
    assertThat(pack).doesNotExist();
  }

  /** Counts blocks that are served; fails where damage is not found or a wrong byte is served. */
  private int checkDamage(String damage) throws IOException {
    int good = 0;
    try (LocalStore store = LocalStore.open(home)) {
      assertThat(store.verify().all().corrupt()).as(damage).isNotEmpty();
      for (Block block : blocks) {
        try {
          byte[] served = store.get(block.cid()).bytes();
          assertThat(served).as(damage).isEqualTo(block.bytes());
          good++;
        } catch (IntegrityException e) {
          assertThat(e.cid()).as(damage).isEqualTo(block.cid());
        }
      }
    }
    return good;
  }

  private int blocksBefore(int length) {
    int end = PackFormat.start(0).length;
    int count = 0;
    for (Block block : blocks) {
      end += CarSection.head(block.cid(), block.size()).length + block.size();
      count += end <= length ? 1 : 0;
    }
    return count;
  }
}
