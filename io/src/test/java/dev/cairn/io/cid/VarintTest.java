package dev.cairn.io.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VarintTest {
  @ParameterizedTest
  @CsvSource({"0, 00", "1, 01", "127, 7f", "128, 8001", "255, ff01", "300, ac02", "16384, 808001"})
  void specificationExamples(long value, String hex) throws Exception {
    assertThat(HexFormat.of().formatHex(write(value))).isEqualTo(hex);
    assertThat(Varint.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)))).isEqualTo(value);
  }

  @Property
  void readOfWriteIsTheSameAndSizeTellsItsLength(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long value) throws Exception {
    byte[] bytes = write(value);

    assertThat(Varint.read(ByteBuffer.wrap(bytes))).isEqualTo(value);
    assertThat(bytes).hasSize(Varint.size(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "80",
        "ffffffffffffffff",
        "8000",
        "ff00",
        "80808080808080808001",
        "ffffffffffffffffff01"
      })
  void cutOffPaddedOrTooLongIsMalformed(String hex) {
    ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));

    assertThatThrownBy(() -> Varint.read(in)).isInstanceOf(MalformedContentException.class);
  }

  @Test
  void nineBytesAreTheMost() throws Exception {
    assertThat(write(Long.MAX_VALUE)).hasSize(Varint.MAX_BYTES);
    assertThatThrownBy(() -> write(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] write(long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Varint.write(out, value);
    return out.toByteArray();
  }
}
