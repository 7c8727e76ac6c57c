package dev.cairn.io.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidTest {
  private static final String HELLO = "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am";

  @Test
  void namesWhatKuboNames() {
    byte[] hello = "hello\n".getBytes(StandardCharsets.US_ASCII);

    assertThat(Cid.hashOf(Codec.RAW, hello)).hasToString(HELLO);
  }

  @ParameterizedTest
  @CsvSource({
    "BASE32, bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6am",
    "BASE58_BTC, zb2rhcc1wJn2GHDLT2YkmPq5b69cXc2xfRZZmyufbjFUfBkxr",
    "BASE36, k2cwueauvgmc6rw8ig81z29umtmqnpp03zegve90cilqk5kod5v00g77",
    "BASE16, f0155122058" + "91b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
  })
  void readsAndWritesEveryBase(Multibase base, String text) throws Exception {
    Cid cid = Cid.parse(text);

    assertThat(cid).isEqualTo(Cid.parse(HELLO));
    assertThat(cid.toString(base)).isEqualTo(text);
  }

  @Test
  void versionZeroIsDagPbInBase58() throws Exception {
    Cid v0 = Cid.parse("QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn");
    Cid v1 = Cid.parse("bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354");

    assertThat(v0.version()).isZero();
    assertThat(v0.codec()).isEqualTo(Codec.DAG_PB);
    assertThat(v0.multihash()).isEqualTo(v1.multihash());
    assertThat(v0).isNotEqualTo(v1);
    assertThat(v0.toString(Multibase.BASE16)).isEqualTo(v0.toString());
    assertThat(Cid.fromBytes(v0.toBytes())).isEqualTo(v0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "b",
        "bafynonsense!",
        "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3N",
        "QmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA30n",
        "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6",
        "bafkreicysg23kiwv34eg2d7qweipxwosdo2py4ldv42nbauguluen5v6amaa",
        "f02551220" + "00000000000000000000000000000000000000000000000000000000000000",
        "f00",
        "f01",
        "zQmUNLLsPACCz1vLxQVkXqqLX5R1X345qqfHbsf67hvA3Nn",
        "\u00e9",
      })
  void whatIsNoCidIsMalformed(String text) {
    assertThatThrownBy(() -> Cid.parse(text))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageStartingWith("Cannot read CID");
    assertThat(Cid.isCid(text)).isFalse();
  }

  @Test
  void longTextIsRefusedBeforeItIsDecoded() {
    assertThatThrownBy(() -> Cid.parse("z" + "1".repeat(1 << 20)))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("1024");
  }

  @Property
  void everyFormReadsBack(
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long codec,
      @ForAll HashFunction function,
      @ForAll Multibase base,
      @ForAll @Size(max = 128) byte[] bytes)
      throws Exception {
    Cid cid = Cid.v1(codec, Multihash.of(function, function.digest(bytes, 0, bytes.length)));

    assertThat(Cid.fromBytes(cid.toBytes())).isEqualTo(cid).isEqualByComparingTo(cid);
    assertThat(Cid.parse(cid.toString(base))).isEqualTo(cid);
  }

  @Property
  void anyBytesAreACidOrMalformed(@ForAll @Size(max = 80) byte[] bytes) {
    try {
      assertThat(Cid.fromBytes(bytes).toBytes()).isEqualTo(bytes);
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read");
    }
  }

  @Property
  void aDamagedCidIsAnotherOrMalformed(
      @ForAll @Size(max = 40) byte[] content, @ForAll int place, @ForAll byte value) {
    byte[] bytes = Cid.hashOf(Codec.RAW, content).toBytes();
    bytes[Math.floorMod(place, bytes.length)] = value;
    try {
      Cid cid = Cid.read(ByteBuffer.wrap(bytes));
      assertThat(bytes).startsWith(cid.toBytes());
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read");
    }
  }
}
