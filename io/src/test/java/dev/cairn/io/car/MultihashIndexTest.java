package dev.cairn.io.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MultihashIndexTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void theLayoutIsThatOfTheSpecification() throws IOException {
    MultihashIndex index = new MultihashIndex();
    index.add(sha256(0x22), 0x0102030405060708L);
    index.add(sha256(0x11), 300);
    index.add(Multihash.of(HashFunction.IDENTITY, new byte[] {0x61, 0x62}), 5);
    assertThat(HEX.formatHex(bytes(index)))
        .isEqualTo(
            "8108" // varint 0x0401
                + "02000000" // two hash functions
                + "0000000000000000" // identity
                + "01000000" // one width
                + "0a000000" // of 10 bytes
                + "0a00000000000000" // 10 bytes of entries
                + "6162"
                + "0500000000000000"
                + "1200000000000000" // sha2-256
                + "01000000" // one width
                + "28000000" // of 40 bytes
                + "5000000000000000" // 80 bytes of entries
                + "11".repeat(32)
                + "2c01000000000000"
                + "22".repeat(32)
                + "0807060504030201");
  }

  /** The hashes were computed by go-car 2.16 (GenerateIndex over this archive) and sha256sum. */
  @Test
  void anArchiveHasTheIndexThatGoCarGives() throws Exception {
    Cars.MemorySink sink = new Cars.MemorySink();
    CarV2Writer car = new CarV2Writer(sink, List.of(Cid.parse("bafkqaaa")), true);
    for (int i = 0; i < 300; i++) {
      car.put(Cars.text("block " + i));
    }
    car.put(Cars.of(HashFunction.SHA2_512, "long"));
    Block blake = Cars.of(HashFunction.BLAKE2B_256, "blake");
    car.put(blake.as(Cid.v1(Codec.DAG_CBOR, blake.cid().multihash())));
    car.put(Cars.of(HashFunction.IDENTITY, "id"));
    assertThat(HEX.formatHex(car.finish()))
        .isEqualTo("b71668d9f87083ee1b5cb16a3ca4fa4c42ace1e379e17663c5752761824a8ebd");
    assertThat(HEX.formatHex(Multihash.sha256(sink.bytes()).digest()))
        .isEqualTo("9183c19cd3c843677113443e12912b670fcf45ab22d8f1467e25e7dbcb31b7be");
  }

  @Property(tries = 20)
  void entriesAreFoundBeforeAndSortedAfter(@ForAll @IntRange(max = 5000) int entries)
      throws IOException {
    MultihashIndex index = new MultihashIndex();
    for (int i = 0; i < entries; i++) {
      index.add(hash(i), i);
    }
    for (int i = 0; i < entries; i++) {
      assertThat(index.find(hash(i))).isEqualTo(i);
    }
    assertThat(index.find(hash(entries))).isEqualTo(-1);
    List<byte[]> read = entries(bytes(index));
    assertThat(read).hasSize(entries).isSortedAccordingTo(Arrays::compareUnsigned);
  }

  @Test
  void digestsThatAgreeInTheirFirstBytesAreSortedByTheRest() throws IOException {
    MultihashIndex index = new MultihashIndex();
    for (int i = 255; i >= 0; i--) {
      byte[] digest = new byte[32];
      digest[31] = (byte) i;
      index.add(Multihash.of(HashFunction.SHA2_256, digest), i);
    }
    index.add(sha256(0), 1000);
    List<byte[]> read = entries(bytes(index));
    for (int i = 0; i < 255; i++) {
      assertThat(read.get(i + 1)[31]).isEqualTo((byte) (i == 0 ? 0 : i));
    }
    assertThat(read.get(0)[32]).as("of equal digests the first added is first").isZero();
    assertThat(read.get(1)[32]).isEqualTo((byte) (1000 & 0xff));
  }

  @Test
  void damagedIndexesAreRefusedWithoutAllocating() throws IOException {
    MultihashIndex index = new MultihashIndex();
    index.add(sha256(1), 1);
    byte[] whole = bytes(index);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> entries(cut)).isInstanceOf(IOException.class);
    }
    byte[] behind = Arrays.copyOf(whole, whole.length + 1);
    assertThatThrownBy(() -> entries(behind)).isInstanceOf(MalformedContentException.class);
    byte[] wide = whole.clone();
    wide[21] = 0x7f; // the entries' width, 2 GB
    assertThatThrownBy(() -> entries(wide)).isInstanceOf(MalformedContentException.class);
    byte[] many = whole.clone();
    many[28] = 0x7f; // the entries' bytes
    assertThatThrownBy(() -> entries(many)).isInstanceOf(MalformedContentException.class);
  }

  private static List<byte[]> entries(byte[] index) throws IOException {
    IndexReader reader = new IndexReader(new ByteArrayInputStream(index), index.length);
    List<byte[]> entries = new ArrayList<>();
    for (var bucket = reader.nextBucket(); bucket != null; bucket = reader.nextBucket()) {
      byte[] page = new byte[7 * bucket.width()];
      for (int n = reader.readEntries(page); n > 0; n = reader.readEntries(page)) {
        for (int i = 0; i < n; i++) {
          entries.add(Arrays.copyOfRange(page, i * bucket.width(), (i + 1) * bucket.width()));
        }
      }
    }
    return entries;
  }

  private static byte[] bytes(MultihashIndex index) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    index.writeTo(out);
    return out.toByteArray();
  }

  private static Multihash hash(int i) {
    return Multihash.sha256(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
  }

  private static Multihash sha256(int fill) {
    byte[] digest = new byte[32];
    Arrays.fill(digest, (byte) fill);
    return Multihash.of(HashFunction.SHA2_256, digest);
  }
}
