package dev.cairn.io.cid;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cairn.io.fuzz.Hostile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class CidFuzzTest {
  private static final Hostile BINARY = new Hostile(32 << 10, 8);

  /** Base 58 and 36 are one large number, made anew with each digit; text is at most 1,024. */
  private static final Hostile TEXT = new Hostile(32 << 10, 2 << 10);

  @FuzzTest
  void varint(byte[] input) throws IOException {
    Long value = BINARY.parse(input, () -> Varint.read(ByteBuffer.wrap(input)));
    if (value != null) {
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      Varint.write(again, value);
      assertThat(value).isNotNegative();
      assertThat(Varint.size(value)).isEqualTo(again.size());
      assertThat(again.toByteArray()).isEqualTo(Arrays.copyOf(input, again.size()));
    }
  }

  @FuzzTest
  void multihash(byte[] input) throws IOException {
    Multihash hash = BINARY.parse(input, () -> Multihash.read(ByteBuffer.wrap(input)));
    if (hash != null) {
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      hash.write(again);
      assertThat(again.toByteArray()).isEqualTo(Arrays.copyOf(input, again.size()));
    }
  }

  @FuzzTest
  void bytes(byte[] input) throws IOException {
    Cid cid = BINARY.parse(input, () -> Cid.fromBytes(input));
    if (cid != null) {
      assertThat(cid.toBytes()).isEqualTo(input);
      Multibase[] bases = Multibase.values();
      Multibase base = bases[Math.floorMod(cid.hashCode(), bases.length)];
      assertThat(Cid.parse(cid.toString(base))).isEqualTo(cid);
    }
  }

  @FuzzTest
  void text(byte[] input) throws IOException {
    String text = new String(input, StandardCharsets.UTF_8);
    Cid cid = TEXT.parse(input, () -> Cid.parse(text));
    assertThat(Cid.isCid(text)).isEqualTo(cid != null);
    if (cid != null) {
      assertThat(Arrays.stream(Multibase.values()).map(cid::toString))
          .anyMatch(text::equalsIgnoreCase);
      assertThat(Cid.parse(cid.toString())).isEqualTo(cid);
    }
  }
}
