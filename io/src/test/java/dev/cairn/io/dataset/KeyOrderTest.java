package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
  @Test
  void sortsNumbersAsNumbers() {
    List<String> keys = new ArrayList<>(List.of("cap:10", "cap:9", "cl:1", "cap:2", "cap:100"));
    keys.sort(KeyOrder.INSTANCE);
    assertThat(keys).containsExactly("cl:1", "cap:2", "cap:9", "cap:10", "cap:100");
  }

  @Property(tries = 2000)
  void isTheOrderOfLengthAndBytes(@ForAll("texts") String a, @ForAll("texts") String b) {
    byte[] x = a.getBytes(StandardCharsets.UTF_8);
    byte[] y = b.getBytes(StandardCharsets.UTF_8);
    int bytes = Arrays.compareUnsigned(x, y);
    int expected = x.length != y.length ? Integer.compare(x.length, y.length) : bytes;
    assertThat(Integer.signum(KeyOrder.INSTANCE.compare(a, b))).isEqualTo(Integer.signum(expected));
    assertThat(Integer.signum(KeyOrder.compareBytes(a, b))).isEqualTo(Integer.signum(bytes));
  }

  /** Short texts of few characters, of one to four bytes, around the surrogates. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a", "b", "é", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "𐀀", "𝄞")
        .list()
        .ofMaxSize(4)
        .map(l -> String.join("", l));
  }
}
