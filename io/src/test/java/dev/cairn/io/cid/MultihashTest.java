package dev.cairn.io.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors: multiformats/multihash, tests/values; blake2b-256 of "abc" by coreutils b2sum. */
class MultihashTest {
  private static final HexFormat HEX = HexFormat.of();

  @ParameterizedTest
  @CsvSource({
    "431fb5d4c9b735ba1a34d0df045118806ae2336f2c,"
        + " 1220ffb31f07aa15348368c90c73a834dbf9f8710365860fa0fd4ddce9ac2782cc17",
    "431fb5d4c9b735ba1a34d0df045118806ae2336f2c,"
        + " 1340abffa1926b038a2f1833092d93859ba2ee56e07a86b158200fc7d4d5d1eaf350"
        + "b0f0e511ea6f5043a9f4a7c7886f93355652114709d75b2db4c33741124fd4fe",
    "2d6db2d7882fa8b7d56e74b8e24036deb475de8c94,"
        + " 12203afa34fba2f3572ac56d80f52002e8727dd95f17a2e7c9376a3147a96d3e78ac",
    "abc, a0e40220bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319",
    "abc, 0003616263",
  })
  void vectors(String input, String multihash) throws Exception {
    byte[] bytes = input.getBytes(StandardCharsets.US_ASCII);
    Multihash read = Multihash.read(ByteBuffer.wrap(HEX.parseHex(multihash)));

    assertThat(read.matches(bytes, 0, bytes.length)).isTrue();
    assertThat(write(Multihash.of(read.function(), read.function().digest(bytes, 0, bytes.length))))
        .isEqualTo(HEX.parseHex(multihash));
  }

  @Property
  void readOfWriteIsTheSameAndMatchesOnlyItsBytes(
      @ForAll HashFunction function, @ForAll @Size(min = 1, max = 128) byte[] bytes)
      throws Exception {
    Multihash hash = Multihash.of(function, function.digest(bytes, 0, bytes.length));

    assertThat(Multihash.read(ByteBuffer.wrap(write(hash))))
        .isEqualTo(hash)
        .hasSameHashCodeAs(hash);
    assertThat(hash.matches(bytes, 0, bytes.length)).isTrue();
    bytes[bytes.length / 2] ^= 1;
    assertThat(hash.matches(bytes, 0, bytes.length)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "1220",
        "120affb31f07aa15348368c9",
        "1220ffffff",
        "11140000",
        "00ff01",
        "0080808080808080807f"
      })
  void cutOffShortenedOrUnknownIsMalformed(String hex) {
    ByteBuffer in = ByteBuffer.wrap(HEX.parseHex(hex));

    assertThatThrownBy(() -> Multihash.read(in)).isInstanceOf(MalformedContentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {HashFunction.MAX_IDENTITY_BYTES + 1, 1 << 20})
  void identityIsBounded(int length) {
    assertThatThrownBy(() -> Multihash.of(HashFunction.IDENTITY, new byte[length]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static byte[] write(Multihash hash) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    hash.write(out);
    return out.toByteArray();
  }
}
