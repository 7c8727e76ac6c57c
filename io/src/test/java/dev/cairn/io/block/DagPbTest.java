package dev.cairn.io.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DagPbTest {
  private static final HexFormat HEX = HexFormat.of();

  /** An identity CID of no bytes: the shortest link there is. */
  private static final String LINK = "0a0401550000";

  @Property
  void decodeOfEncodeIsTheSame(
      @ForAll @Size(max = 20) List<@Size(max = 40) String> names,
      @ForAll @LongRange(min = 0, max = Long.MAX_VALUE) long tsize,
      @ForAll @Size(max = 100) byte[] data)
      throws Exception {
    List<PbLink> links = new ArrayList<>();
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      links.add(new PbLink(Cid.hashOf(Codec.RAW, bytes), bytes, tsize));
    }
    byte[] encoded = DagPb.encode(links, data);
    DagPb decoded = DagPb.decode(encoded);

    assertThat(decoded.data()).isEqualTo(data);
    assertThat(decoded.links())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(links);
    assertThat(DagPb.encode(decoded.links(), decoded.data())).isEqualTo(encoded);
    long size = DagPb.encode(List.of(), data).length;
    for (PbLink link : links) {
      size += DagPb.linkSize(link.cid().toBytes().length, link.nameBytes().length, tsize);
    }
    assertThat(size).isEqualTo(encoded.length);
  }

  @Test
  void dataBeforeLinksIsReadAndWrittenAfterThem() throws Exception {
    DagPb node = DagPb.decode(HEX.parseHex("0a02080112" + "06" + LINK));

    assertThat(node.links()).hasSize(1);
    assertThat(HEX.formatHex(DagPb.encode(node.links(), node.data())))
        .isEqualTo("120a" + LINK + "12001800" + "0a020801");
  }

  @Test
  void nothingAtAllIsANodeWithoutData() throws Exception {
    assertThat(DagPb.decode(new byte[0]).data()).isNull();
    assertThat(DagPb.decode(new byte[0]).links()).isEmpty();
    assertThat(DagPb.encode(List.of(), null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // tag cut off
        "0a05", // data longer than the block
        "0affffffffffffffff7f", // length of 2^63 - 1
        "0a000a00", // data twice
        "1206" + LINK + "0a00" + "1206" + LINK, // links apart
        "1a00", // field 3
        "0801", // data that is no bytes
        "1200", // link without a CID
        "12021200", // link with a name only
        "120c" + LINK + LINK, // CID twice
        "12081200" + LINK, // name before CID
        "1208" + LINK + "2000", // field 4 in a link
        "1208" + LINK + "1880", // tsize cut off
        "12030a0155", // no CID
        "0200", // field 0
        "0b", // group
      })
  void defectsAreMalformed(String hex) {
    assertThatThrownBy(() -> DagPb.decode(HEX.parseHex(hex)))
        .isInstanceOf(MalformedContentException.class);
  }

  @Test
  void moreLinksThanTheLimitAreMalformed() throws Exception {
    String link = "1206" + LINK;
    byte[] most = HEX.parseHex(link.repeat(DagPb.MAX_LINKS));

    assertThat(DagPb.decode(most).links()).hasSize(DagPb.MAX_LINKS);
    assertThatThrownBy(() -> DagPb.decode(HEX.parseHex(link.repeat(DagPb.MAX_LINKS + 1))))
        .isInstanceOf(MalformedContentException.class)
        .hasMessageContaining(String.valueOf(DagPb.MAX_LINKS));
  }

  @Test
  void aNameThatIsNotUtf8KeepsItsBytes() throws Exception {
    PbLink link = DagPb.decode(HEX.parseHex("120a" + LINK + "1202c328")).links().get(0);

    assertThat(link.nameBytes()).containsExactly(0xc3, 0x28);
    assertThatThrownBy(link::name).isInstanceOf(MalformedContentException.class);
  }

  @Property
  void anyBytesAreANodeOrMalformed(@ForAll @Size(max = 60) byte[] bytes) {
    decodes(bytes);
  }

  @Property
  void aDamagedNodeIsAnotherOrMalformed(@ForAll int place, @ForAll byte value) {
    PbLink link = new PbLink(Cid.hashOf(Codec.RAW, new byte[9]), new byte[3], 77);
    byte[] bytes = DagPb.encode(List.of(link, link), new byte[] {8, 1});
    bytes[Math.floorMod(place, bytes.length)] = value;
    decodes(bytes);
  }

  private static void decodes(byte[] bytes) {
    try {
      DagPb node = DagPb.decode(bytes);
      assertThat(DagPb.encode(node.links(), node.data()).length)
          .isLessThanOrEqualTo(bytes.length + 4 * node.links().size());
    } catch (MalformedContentException e) {
      assertThat(e).hasMessageStartingWith("Cannot read");
    }
  }
}
