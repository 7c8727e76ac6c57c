package dev.cairn.io.car;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Varint;
import dev.cairn.io.fuzz.Hostile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class CarFuzzTest {
  /** The least root takes seven bytes. */
  private static final Hostile HEADER = new Hostile(32 << 10, 64);

  /** The reader's buffer. */
  private static final Hostile ARCHIVE = new Hostile(128 << 10, 64);

  private record Archive(int version, List<Cid> roots, List<Block> blocks) {}

  @FuzzTest
  void header(byte[] input) throws IOException {
    CarHeader header = HEADER.parse(input, () -> CarHeader.decode(input));
    if (header != null) {
      byte[] framed = header.encode();
      ByteBuffer again = ByteBuffer.wrap(framed);
      assertThat(Varint.read(again)).isEqualTo(again.remaining());
      assertThat(CarHeader.decode(Arrays.copyOfRange(framed, again.position(), framed.length)))
          .isEqualTo(header);
    }
  }

  @FuzzTest
  void section(byte[] input) throws IOException {
    CarSection section = HEADER.parse(input, () -> CarSection.read(ByteBuffer.wrap(input)));
    if (section != null) {
      assertThat(section.dataBytes()).isBetween(0, Block.MAX_READ_BYTES);
      assertThat(CarSection.head(section.cid(), section.dataBytes()))
          .isEqualTo(Arrays.copyOf(input, section.headBytes()));
    }
  }

  @FuzzTest
  void archive(byte[] input) throws IOException {
    Archive archive = ARCHIVE.parse(input, () -> read(input));
    if (archive != null) {
      byte[] again = Cars.v1(archive.roots(), archive.blocks());
      assertThat(read(again).roots()).isEqualTo(archive.roots());
      assertThat(read(again).blocks())
          .usingElementComparator((a, b) -> Arrays.compare(a.bytes(), b.bytes()))
          .isEqualTo(archive.blocks());
    }
  }

  private static Archive read(byte[] car) throws IOException {
    try (CarReader reader = CarReader.open(new ByteArrayInputStream(car), "input")) {
      List<Block> blocks = new ArrayList<>();
      for (Block block = reader.next(); block != null; block = reader.next()) {
        assertThat(block.size()).isLessThanOrEqualTo(Block.MAX_READ_BYTES);
        blocks.add(block);
      }
      return new Archive(reader.version(), reader.roots(), blocks);
    }
  }

  /** The first byte says by how much the section is said to be longer than it is. */
  @FuzzTest
  void index(byte[] input) throws IOException {
    if (input.length > 0) {
      byte[] section = Arrays.copyOfRange(input, 1, input.length);
      Long entries = HEADER.parse(input, () -> entries(section, section.length + input[0]));
      if (entries != null) {
        assertThat(entries).isLessThanOrEqualTo(section.length / MultihashIndex.OFFSET_BYTES);
      }
    }
  }

  private static long entries(byte[] section, int length) throws IOException {
    IndexReader reader = new IndexReader(new ByteArrayInputStream(section), length);
    byte[] page = new byte[2000];
    long entries = 0;
    for (var bucket = reader.nextBucket(); bucket != null; bucket = reader.nextBucket()) {
      assertThat(bucket.position() + bucket.entries() * bucket.width())
          .isBetween(0L, (long) length);
      entries += bucket.entries();
      if (bucket.entries() % 2 == 0) {
        assertThat(reader.readEntries(page)).isLessThanOrEqualTo((int) bucket.entries());
      }
    }
    return entries;
  }
}
