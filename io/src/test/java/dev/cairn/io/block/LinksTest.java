package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
  private static final Cid A = Cid.hashOf(Codec.RAW, new byte[] {1});
  private static final Cid B = Cid.hashOf(Codec.DAG_PB, new byte[] {2});

  /** CBOR of a link: tag 42, 37 bytes, zero, CID. */
  private static String cbor(Cid cid) {
    return "d82a582500" + HexFormat.of().formatHex(cid.toBytes());
  }

  private static String json(Cid cid) {
    return "{\"/\":\"" + cid + "\"}";
  }

  private static List<Cid> ofCbor(String hex) throws MalformedContentException {
    return Links.of(Block.of(Codec.DAG_CBOR, HexFormat.of().parseHex(hex)));
  }

  private static List<Cid> ofJson(String text) throws MalformedContentException {
    return Links.of(Block.of(Codec.DAG_JSON, text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void rawAndUnknownCodecsHaveNone() throws Exception {
    byte[] node = DagPb.encode(List.of(new PbLink(A, new byte[0], 1)), null);

    assertThat(Links.of(Block.raw(node))).isEmpty();
    assertThat(Links.of(Block.of(0x0202, node))).isEmpty();
    assertThat(Links.of(Block.of(Codec.DAG_PB, node))).containsExactly(A);
  }

  @Test
  void cborLinksAreFoundAtAnyDepthInOrder() throws Exception {
    assertThat(ofCbor(cbor(A))).containsExactly(A);
    assertThat(ofCbor("a2" + "6161" + "82" + cbor(B) + cbor(A) + "6162" + "a1" + "6163" + cbor(B)))
        .containsExactly(B, A, B);
    assertThat(ofCbor("83" + "f6" + "1864" + "4401020304")).isEmpty();
  }

  @Test
  void jsonLinksAreFoundAtAnyDepthInOrder() throws Exception {
    assertThat(ofJson(json(A))).containsExactly(A);
    assertThat(
            ofJson("{\"a\":[" + json(B) + ", 1, " + json(A) + "],\"b\":{\"c\":" + json(B) + "}}"))
        .containsExactly(B, A, B);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"/\":{\"bytes\":\"AQID\"}}",
        "[\"/\",\"x\"]",
        "{\"/\":\"x\",\"a\":1}",
        "{\"a\":1,\"/\":\"x\"}",
        "\"/\"",
        "null",
        "{}",
      })
  void whatOnlyLooksLikeALinkIsNone(String text) throws Exception {
    assertThat(ofJson(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1",
        "{}{}",
        "{\"/\":\"x\"}",
        "{\"/\":\"\"}",
        "[1,]",
        "\"\u0000\"",
        "nul",
        "{\"/\":\"bafy"
      })
  void defectsOfJsonAreMalformed(String text) {
    assertThatThrownBy(() -> ofJson(text)).isInstanceOf(MalformedContentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "82f6", // array cut off
        "f6f6", // two values
        "d82a40", // no bytes
        "d82a4100", // no CID
        "d82a420155", // without the zero
        "d82a6161", // text
        "d82a80", // array
        "c101", // another tag
        "d82ad82a4100", // two tags
        "5bffffffffffffffff", // 2^64 - 1 bytes
        "9bffffffffffffffff", // 2^64 - 1 items
        "1c", // reserved
        "ff", // break
      })
  void defectsOfCborAreMalformed(String hex) {
    assertThatThrownBy(() -> ofCbor(hex)).isInstanceOf(MalformedContentException.class);
  }

  @Test
  void nestingPastTheLimitIsMalformed() throws Exception {
    int most = Links.MAX_NESTING;

    assertThat(ofJson("[".repeat(most) + "]".repeat(most))).isEmpty();
    assertThat(ofCbor("81".repeat(most) + "f6")).isEmpty();
    for (int depth : new int[] {most + 1, 100_000}) {
      assertThatThrownBy(() -> ofJson("[".repeat(depth) + "]".repeat(depth)))
          .isInstanceOf(MalformedContentException.class);
      assertThatThrownBy(() -> ofCbor("81".repeat(depth) + "f6"))
          .isInstanceOf(MalformedContentException.class);
    }
  }

  @Test
  void moreLinksThanTheLimitAreMalformed() {
    Cid tiny = Cid.v1(Codec.RAW, Multihash.of(HashFunction.IDENTITY, new byte[0]));
    String link = "d82a4500" + HexFormat.of().formatHex(tiny.toBytes());

    assertThatThrownBy(() -> ofCbor("9f" + link.repeat(DagPb.MAX_LINKS + 1) + "ff"))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining("links");
  }

  @Property(tries = 3000)
  void anyBytesOfAnyCodecHaveLinksOrAreMalformed(
      @ForAll("codecs") long codec, @ForAll @Size(max = 60) byte[] bytes) {
    readsOrRefuses(Block.of(codec, bytes));
  }

  @Property(tries = 3000)
  void damagedCborHasLinksOrIsMalformed(@ForAll int place, @ForAll byte value) {
    byte[] bytes = HexFormat.of().parseHex("a2616182" + cbor(B) + cbor(A) + "6162a16163" + cbor(B));
    bytes[Math.floorMod(place, bytes.length)] = value;
    readsOrRefuses(Block.of(Codec.DAG_CBOR, bytes));
  }

  @Provide
  Arbitrary<Long> codecs() {
    return Arbitraries.of(Codec.DAG_PB, Codec.DAG_CBOR, Codec.DAG_JSON);
  }

  private static void readsOrRefuses(Block block) {
    try {
      assertThat(Links.of(block)).doesNotContainNull();
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageContaining(block.cid().toString());
    }
  }
}
