package dev.cairn.io.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CarReaderTest {
  private static final Block A = Cars.text("a");
  private static final Block B = Cars.text("bb");

  @Property(tries = 200)
  void whatIsWrittenIsRead(@ForAll @Size(max = 20) List<@Size(max = 3000) byte[]> contents)
      throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<Cid> roots = new ArrayList<>();
    for (byte[] content : contents) {
      blocks.add(Block.of(content.length % 2 == 0 ? Codec.RAW : Codec.DAG_JSON, content));
      roots.add(blocks.get(blocks.size() - 1).cid());
    }
    for (byte[] car : List.of(Cars.v1(roots, blocks), Cars.v2(roots, blocks, false))) {
      List<Block> read = Cars.read(car);
      assertThat(read).extracting(Block::cid).isEqualTo(roots);
      for (int i = 0; i < read.size(); i++) {
        assertThat(read.get(i).bytes()).isEqualTo(contents.get(i));
      }
      CarReader reader = CarReader.open(new ByteArrayInputStream(car), "test.car");
      assertThat(reader.roots()).isEqualTo(roots);
    }
  }

  @Test
  void everyHashFunctionAndIdentityAreRead() throws IOException {
    List<Block> blocks =
        List.of(
            Cars.of(HashFunction.SHA2_256, "x"),
            Cars.of(HashFunction.SHA2_512, "x"),
            Cars.of(HashFunction.BLAKE2B_256, "x"),
            Cars.of(HashFunction.IDENTITY, "x"),
            Cars.of(HashFunction.IDENTITY, ""));
    assertThat(Cars.read(Cars.v1(List.of(), blocks)))
        .extracting(Block::cid)
        .isEqualTo(blocks.stream().map(Block::cid).toList());
  }

  @Test
  void anArchiveIsCutOffAnywhereButBetweenSections() throws IOException {
    byte[] car = Cars.v1(List.of(A.cid()), List.of(A, B));
    int header = CarHeader.v1(List.of(A.cid())).encode().length;
    int first = CarSection.head(A.cid(), A.size()).length + A.size();
    for (int length = 0; length < car.length; length++) {
      byte[] cut = Arrays.copyOf(car, length);
      if (length == header || length == header + first) {
        assertThat(Cars.read(cut)).hasSize(length == header ? 0 : 1);
      } else {
        assertThatThrownBy(() -> Cars.read(cut))
            .as("cut to %d", length)
            .isInstanceOf(MalformedContentException.class)
            .hasMessageContaining("test.car");
      }
    }
  }

  @Test
  void theLengthInAVersion2HeaderBinds() throws IOException {
    byte[] car = Cars.v2(List.of(A.cid()), List.of(A, B), false);
    int dataEnd = car.length - indexBytes(car);
    for (int length = 0; length < dataEnd; length++) {
      byte[] cut = Arrays.copyOf(car, length);
      assertThatThrownBy(() -> Cars.read(cut))
          .as("cut to %d", length)
          .isInstanceOf(MalformedContentException.class);
    }
    assertThat(Cars.read(Arrays.copyOf(car, dataEnd))).hasSize(2);
  }

  @Test
  void aFlippedBitIsNeverRead() throws IOException {
    byte[] car = Cars.v1(List.of(A.cid()), List.of(A, B));
    int header = CarHeader.v1(List.of(A.cid())).encode().length;
    for (int bit = header * 8; bit < car.length * 8; bit++) {
      byte[] flipped = car.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertHonest(flipped, bit);
    }
  }

  /**
   * A bit of a CID's codec may flip unseen: then the block has another name, and the same bytes.
   */
  private static void assertHonest(byte[] car, int bit) throws IOException {
    try {
      for (Block block : Cars.read(car)) {
        assertThat(block.bytes()).as("bit %d", bit).isIn(A.bytes(), B.bytes());
        assertThat(block.cid().multihash()).isEqualTo(Multihash.sha256(block.bytes()));
      }
    } catch (MalformedContentException | CorruptBlockException e) {
      assertThat(e).hasMessageContaining("test.car");
    }
  }

  @Property(tries = 2000)
  void mutatedArchivesGiveHonestBlocksOrOurErrors(
      @ForAll boolean version2, @ForAll @Size(min = 1, max = 4) List<Integer> places)
      throws IOException {
    List<Block> blocks = List.of(A, B, Cars.of(HashFunction.IDENTITY, "x"));
    List<Cid> roots = List.of(A.cid());
    byte[] car = version2 ? Cars.v2(roots, blocks, true) : Cars.v1(roots, blocks);
    for (int place : places) {
      car[Math.floorMod(place, car.length)] = (byte) (place >>> 16);
    }
    try {
      for (Block block : Cars.read(car)) {
        Multihash named = block.cid().multihash();
        assertThat(named.matches(block.bytes(), 0, block.size())).isTrue();
      }
    } catch (MalformedContentException | CorruptBlockException e) {
      assertThat(e).hasMessageStartingWith("Cannot read ");
    }
  }

  @Test
  void aWrongBlockIsRefusedWithItsPlace() throws IOException {
    byte[] car = Cars.v1(List.of(A.cid()), List.of(A, B));
    car[car.length - 1] ^= 1;
    assertThatThrownBy(() -> Cars.read(car))
        .isInstanceOf(CorruptBlockException.class)
        .hasMessageContaining(B.cid().toString())
        .hasMessageContaining("test.car at byte ");
  }

  @Test
  void sizesAreCheckedBeforeAnythingIsAllocated() {
    byte[] header = CarHeader.v1(List.of()).encode();
    byte[] hugeSection = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    assertThatThrownBy(() -> Cars.read(Cars.concat(header, hugeSection)))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("34359738367 bytes (1 to " + CarSection.MAX_BYTES + ")");
    assertThatThrownBy(() -> Cars.read(hugeSection))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("header of 34359738367 bytes");
    assertThatThrownBy(() -> Cars.read(Cars.concat(header, new byte[] {0})))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("0 bytes");
    byte[] padded = {(byte) 0x80, 0x00};
    assertThatThrownBy(() -> Cars.read(Cars.concat(header, padded)))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("shortest form");
  }

  @Test
  void unreadHashFunctionsAreRefusedByName() {
    byte[] cid = {1, 0x55, 0x1e, 32};
    byte[] section = Cars.concat(new byte[] {36}, cid, new byte[32]);
    assertThatThrownBy(() -> Cars.read(Cars.concat(CarHeader.v1(List.of()).encode(), section)))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("blake3");
  }

  @Test
  void anUnfinishedVersion2IsRefused() throws IOException {
    byte[] car = Cars.v2(List.of(A.cid()), List.of(A), false);
    Arrays.fill(car, CarV2Header.PRAGMA_BYTES, CarV2Header.BYTES, (byte) 0);
    assertThatThrownBy(() -> Cars.read(car)).isInstanceOf(MalformedContentException.class);
  }

  @Test
  void paddingBeforeTheDataIsSkipped() throws IOException {
    byte[] v1 = Cars.v1(List.of(A.cid()), List.of(A));
    byte[] header = new CarV2Header(false, CarV2Header.BYTES + 7, v1.length, 0).encode();
    byte[] car = Cars.concat(header, new byte[7], v1, new byte[100]);
    assertThat(Cars.read(car)).hasSize(1);
  }

  private static int indexBytes(byte[] car) throws IOException {
    byte[] header = Arrays.copyOfRange(car, CarV2Header.PRAGMA_BYTES, CarV2Header.BYTES);
    return (int) (car.length - CarV2Header.decode(header).indexOffset());
  }

  /** Its section is within the limits, because its CID is shorter than a CID may be. */
  @Test
  void aBlockAboveTheLimitIsRefused() throws IOException {
    Block largest = Block.raw(new byte[Block.MAX_READ_BYTES]);
    assertThat(Cars.read(Cars.v1(List.of(), List.of(largest)))).hasSize(1);
    byte[] above = Cars.v1(List.of(), List.of(Block.raw(new byte[Block.MAX_READ_BYTES + 1])));

    assertThatThrownBy(() -> Cars.read(above))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(Integer.toString(Block.MAX_READ_BYTES));
  }
}
