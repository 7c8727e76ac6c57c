package dev.cairn.io.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarHeaderTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void aHeaderIsCanonicalDagCbor() throws Exception {
    byte[] header = CarHeader.v1(List.of(Cid.parse("bafkqaaa"))).encode();
    assertThat(HEX.formatHex(header))
        .isEqualTo("19a265726f6f747381d82a4500015500006776657273696f6e01");
    assertThat(HEX.formatHex(new CarHeader(2, List.of()).encode()))
        .isEqualTo("0aa16776657273696f6e02");
  }

  @Test
  void headersComeBack() throws Exception {
    Cid v0 = Cid.parse("QmPLPpnptHc1DMhJAWNYMTqBTqqRQNy5WsY7F9pZgsBfMT");
    Cid v1 = Cid.parse("bafybeig6kicrrrymqi4tj6hz7hmctqk5kbttzocqsnt7w7h66m53h6g4w4");
    for (List<Cid> roots : List.of(List.<Cid>of(), List.of(v0, v1), Collections.nCopies(300, v0))) {
      byte[] encoded = CarHeader.v1(roots).encode();
      int lengthBytes = encoded.length < 129 ? 1 : 2;
      byte[] cbor = Arrays.copyOfRange(encoded, lengthBytes, encoded.length);
      assertThat(CarHeader.decode(cbor)).isEqualTo(CarHeader.v1(roots));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "a0", // no version
        "a16776657273696f6e01", // version 1 without roots
        "a16776657273696f6e03", // version 3
        "a265726f6f7473806776657273696f6e02", // version 2 with roots
        "a265726f6f7473806776657273696f6e0100", // a byte behind
        "a365726f6f7473806776657273696f6e016161ff", // another field
        "a265726f6f7473806572", // cut off
        "a265726f6f7473806776657273696f6e", // cut off before the value
        "a265726f6f74739affffffff6776657273696f6e01", // four billion roots
        "a265726f6f74739b00ffffffffffffff6776657273696f6e01",
        "a265726f6f74739bffffffffffffffff6776657273696f6e01", // a negative count, if signed
        "a265726f6f74739f ff6776657273696f6e01", // indefinite length
        "a265726f6f747381d82a5b7fffffffffffffff", // a huge string
        "a265726f6f747381d82a45010155000067 76657273696f6e01", // no zero before the CID
        "a265726f6f747381d82b450001550000 6776657273696f6e01", // tag 43
        "a265726f6f747381d82a46000155000000 6776657273696f6e01", // a byte behind the CID
        "a265726f6f747381450001550000 6776657273696f6e01", // no tag
        "a265726f6f74738065726f6f747380", // roots twice
        "bf65726f6f7473806776657273696f6e01ff", // an indefinite map
        "8201", // no map
      })
  void anythingElseIsRefused(String hex) {
    byte[] cbor = HEX.parseHex(hex.replace(" ", ""));
    assertThatThrownBy(() -> CarHeader.decode(cbor)).isInstanceOf(MalformedContentException.class);
  }
}
