package dev.cairn.io.cid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors: multiformats/multibase, tests/. */
class MultibaseTest {
  @ParameterizedTest
  @CsvSource({
    "BASE16, f796573206d616e692021, f00796573206d616e692021, f0000796573206d616e692021",
    "BASE16_UPPER, F796573206D616E692021, F00796573206D616E692021, F0000796573206D616E692021",
    "BASE32, bpfsxgidnmfxgsibb, bab4wk4zanvqw42jaee, baaahszltebwwc3tjeaqq",
    "BASE32_UPPER, BPFSXGIDNMFXGSIBB, BAB4WK4ZANVQW42JAEE, BAAAHSZLTEBWWC3TJEAQQ",
    "BASE32_HEX, vf5in683dc5n6i811, v01smasp0dlgmsq9044, v0007ipbj41mm2rj940gg",
    "BASE32_HEX_UPPER, VF5IN683DC5N6I811, V01SMASP0DLGMSQ9044, V0007IPBJ41MM2RJ940GG",
    "BASE36, k2lcpzo5yikidynfl, k02lcpzo5yikidynfl, k002lcpzo5yikidynfl",
    "BASE36_UPPER, K2LCPZO5YIKIDYNFL, K02LCPZO5YIKIDYNFL, K002LCPZO5YIKIDYNFL",
    "BASE58_BTC, z7paNL19xttacUY, z17paNL19xttacUY, z117paNL19xttacUY",
    "BASE64, meWVzIG1hbmkgIQ, mAHllcyBtYW5pICE, mAAB5ZXMgbWFuaSAh",
    "BASE64_URL, ueWVzIG1hbmkgIQ, uAHllcyBtYW5pICE, uAAB5ZXMgbWFuaSAh",
  })
  void vectors(Multibase base, String plain, String oneZero, String twoZeros) throws Exception {
    byte[] one = "\0yes mani !".getBytes(StandardCharsets.US_ASCII);
    byte[] two = "\0\0yes mani !".getBytes(StandardCharsets.US_ASCII);

    assertBoth(base, "yes mani !".getBytes(StandardCharsets.US_ASCII), plain);
    assertBoth(base, one, oneZero);
    assertBoth(base, two, twoZeros);
  }

  private static void assertBoth(Multibase base, byte[] bytes, String text) throws Exception {
    assertThat(base.encode(bytes)).isEqualTo(text);
    assertThat(Multibase.decode(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f68656c6c6f20776F726C64",
        "F68656c6c6f20776F726C64",
        "bnbswy3dpeB3W64TMMQ",
        "Bnbswy3dpeB3W64TMMQ",
        "vd1imor3f41RMUSJCCG",
        "Vd1imor3f41RMUSJCCG",
        "kfUvrsIvVnfRbjWaJo",
        "KfUVrSIVVnFRbJWAJo",
      })
  void caseDoesNotMatterWhereTheBaseHasOne(String text) throws Exception {
    assertThat(Multibase.decode(text)).isEqualTo("hello world".getBytes(StandardCharsets.US_ASCII));
  }

  @Property
  void decodeOfEncodeIsTheSame(@ForAll Multibase base, @ForAll @Size(max = 100) byte[] bytes)
      throws Exception {
    assertThat(Multibase.decode(base.encode(bytes))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?abc",
        "0101",
        "f0",
        "f0g",
        "b1",
        "ba",
        "bab",
        "b========",
        "k-",
        "z0O",
        "mA",
        "mAA==",
        "m+/-_",
        "b a",
        "f\u0661\u0662",
        "k\u00e9",
        "k\u212a",
        "b\u0131\u0131",
      })
  void whatIsNoTextOfTheBaseIsMalformed(String text) {
    assertThatThrownBy(() -> Multibase.decode(text)).isInstanceOf(MalformedContentException.class);
  }

  @Property
  void anyTextDecodesOrIsMalformed(@ForAll Multibase base, @ForAll String text) {
    String prefix = base.encode(new byte[0]).substring(0, 1);
    try {
      assertThat(base.encode(Multibase.decode(prefix + text))).isEqualToIgnoringCase(prefix + text);
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot decode");
    }
  }
}
