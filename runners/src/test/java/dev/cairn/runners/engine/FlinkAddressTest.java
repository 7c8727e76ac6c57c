package dev.cairn.runners.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkAddressTest {
  @Test
  void readsAnAddressAndThatOfAPage() {
    FlinkAddress address = new FlinkAddress("127.0.0.1", 8081);
    assertThat(FlinkAddress.parse("127.0.0.1:8081")).isEqualTo(address);
    assertThat(FlinkAddress.parse("http://127.0.0.1:8081/")).isEqualTo(address);
    assertThat(address.isLoopback()).isTrue();
    assertThat(FlinkAddress.parse("cairn-rest:8081").isLoopback()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":80", "host:0", "host:65536", "a/b:80", "[local"})
  void refusesAnythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FlinkAddress.parse(text))
        .withMessageContaining("HOST:PORT");
  }
}
