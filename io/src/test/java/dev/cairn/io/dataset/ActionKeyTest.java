package dev.cairn.io.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ActionKeyTest {
  @Test
  void dependsOnEveryPartAndItsBorders() {
    Set<String> keys =
        Set.of(
            ActionKey.ofShard("s", "m").hex(),
            ActionKey.ofShard("sm", "").hex(),
            ActionKey.ofShard("", "sm").hex(),
            ActionKey.ofShard("s", "m").part("").hex(),
            ActionKey.ofShard("s", "m").part("ab").hex(),
            ActionKey.ofShard("s", "m").part("a").part("b").hex(),
            ActionKey.of("plan").part("s").part("m").hex());
    assertThat(keys).hasSize(7).allMatch(k -> k.matches("[0-9a-f]{64}"));
  }

  /** Made by another program (Python's struct and hashlib) from the Javadoc of ActionKey. */
  @Test
  void isADigestOfPartsBehindTheirLengths() {
    assertThat(ActionKey.ofShard("f1", "m1").part(new byte[] {1, 2, 3}).hex())
        .isEqualTo("46205ae0cb59ae8ef4ab6900069131a78122aafd401d04638beaf6ed148e282d");
  }
}
