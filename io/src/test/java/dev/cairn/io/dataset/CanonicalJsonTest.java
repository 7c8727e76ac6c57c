package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private static final Cid LINK = Cid.hashOf(Codec.RAW, new byte[] {1, 2, 3});

  private static final String ODD =
      "\0\u0001\b\f\n\r\t\u001f\u007f\u0085\u2028\u2029<>&/\\\"é𝄞\ufeff";

  @Test
  void writesOneFormOfAValue() {
    Map<String, Object> map = new HashMap<>();
    map.put("z", 1);
    map.put("A", true);
    map.put("aa", List.of(-5, 9007199254740991L, "", false));
    map.put("a", Map.of());
    map.put("k k", List.of());
    map.put("s", ODD);
    assertThat(new String(CanonicalJson.write(map), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"A\":true,\"a\":{},\"aa\":[-5,9007199254740991,\"\",false],\"k"
                + " k\":[],\"s\":\"\\u0000\\u0001\\b\\f\\n"
                + "\\r"
                + "\\t\\u001f\u007f\u0085\u2028\u2029<>&/\\\\\\\"é𝄞\ufeff\",\"z\":1}");
  }

  /** The CID is that of Kubo 0.42.0: {@code ipfs dag put --store-codec dag-json}. */
  @Test
  void writesDagJsonAsKuboDoes() throws MalformedContentException {
    Map<String, Object> map = new HashMap<>();
    map.put("z", 1);
    map.put("aa", List.of(true, false, -5, 9007199254740991L, 0, ""));
    map.put("b", Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"));
    map.put("s", ODD + "\ue000");
    map.put("A", 1);
    map.put("a", Map.of());
    map.put("e", List.of());
    map.put("k k", "x");
    byte[] json = CanonicalJson.writeDag(map);
    assertThat(Cid.hashOf(Codec.DAG_JSON, json))
        .hasToString("baguqeeranokzyyhv7dbmvsn6mtjzbhouu4ijp5ahc4zylpzkxvxbvgtkyjpa");
    assertThat(CanonicalJson.writeDag(CanonicalJson.readDag(json))).isEqualTo(json);
  }

  @Property(tries = 300)
  void readsWhatItWrote(@ForAll("values") Object value) throws MalformedContentException {
    byte[] json = CanonicalJson.write(value);
    assertThat(CanonicalJson.read(json)).isEqualTo(value);
    assertThat(CanonicalJson.readDag(CanonicalJson.writeDag(value))).isEqualTo(value);
  }

  @Provide
  Arbitrary<Object> values() {
    Arbitrary<String> text = Arbitraries.strings().map(s -> s.replaceAll("\\p{Cs}", "?"));
    Arbitrary<String> key =
        Arbitraries.strings().withCharRange(' ', '~').filter(k -> !k.equals("/"));
    long most = CanonicalJson.INTEGER_BOUND - 1;
    return Arbitraries.recursive(
        () ->
            Arbitraries.oneOf(
                text.map(t -> (Object) t),
                Arbitraries.of(true, false).map(b -> (Object) b),
                Arbitraries.longs().between(-most, most).map(n -> (Object) n)),
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(l -> (Object) l),
                Arbitraries.maps(key, inner).ofMaxSize(4).map(m -> (Object) m)),
        0,
        4);
  }

  @Test
  void refusesToWriteWhatHasNoOneForm() {
    List<Object> nothing = new ArrayList<>();
    nothing.add(null);
    List<Object> deep = List.of();
    for (int i = 0; i <= CanonicalJson.MAX_DEPTH; i++) {
      deep = List.of(deep);
    }
    for (Object bad :
        List.of(
            nothing,
            1.5,
            1L << 53,
            -(1L << 53),
            "\ud800",
            "\udc00x",
            LINK,
            Map.of("é", 1),
            Map.of("\n", 1),
            Map.of("/", "x"),
            Map.of(1, 1),
            deep)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> CanonicalJson.write(bad))
          .withMessageStartingWith("Cannot write JSON: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1 2",
        "null",
        "[null]",
        "1.0",
        "1e3",
        "-0",
        "01",
        "9007199254740992",
        "-9007199254740992",
        "99999999999999999999",
        "{\"a\":1,\"a\":1}",
        "{\"b\":1,\"a\":1}",
        "{\"a\": 1}",
        "{\"é\":1}",
        "{\"/\":\"x\"}",
        "{\"a\":1,\"/\":1}",
        "\"\\u0041\"",
        "\"\\/\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "[1,]",
        "[1",
        "NaN",
        "'a'",
        "{\"/\":{\"bytes\":\"AA\"}}",
        "{\"/\":\"bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy\",\"a\":1}",
        "\uFEFF1",
      })
  void refusesToReadAnyOtherForm(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> CanonicalJson.read(bytes))
        .withMessageStartingWith("Cannot read JSON: ");
    assertThatExceptionOfType(MalformedContentException.class)
        .isThrownBy(() -> CanonicalJson.readDag(bytes));
  }

  @Test
  void refusesBytesThatAreNotUtf8AndNestingThatIsTooDeep() {
    byte[] deep = ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    byte[] latin = {'"', (byte) 0xe9, '"'};
    byte[] surrogate = {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'};
    for (byte[] bad : List.of(deep, latin, surrogate)) {
      assertThatExceptionOfType(MalformedContentException.class)
          .isThrownBy(() -> CanonicalJson.read(bad));
    }
  }

  @Test
  void copiesAsReadingWould() {
    Map<String, Object> copy = CanonicalJson.copy(Map.of("b", 1, "a", List.of(2, Map.of("c", 3))));
    assertThat(copy).isEqualTo(Map.of("b", 1L, "a", List.of(2L, Map.of("c", 3L)))).isUnmodifiable();
    assertThat(copy.keySet()).containsExactly("a", "b");
  }
}
