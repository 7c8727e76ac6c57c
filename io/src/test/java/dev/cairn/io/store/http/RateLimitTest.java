package dev.cairn.io.store.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static @org.jspecify.annotations.Nullable RateLimit of(Map<String, String> headers) {
    return RateLimit.of(name -> headers.getOrDefault(name, ""));
  }

  @Test
  void readsTheDraftsHeaders() {
    assertThat(of(Map.of("RateLimit", "\"api\";r=489;t=189"))).isEqualTo(new RateLimit(489, 189));
    assertThat(of(Map.of("RateLimit", "\"a\";r=9;t=3, \"b\"; r=2; t=60")))
        .isEqualTo(new RateLimit(2, 60));
    assertThat(of(Map.of("RateLimit", "limit=100, remaining=5, reset=30")))
        .isEqualTo(new RateLimit(5, 30));
    assertThat(of(Map.of("RateLimit-Remaining", "7", "RateLimit-Reset", "20")))
        .isEqualTo(new RateLimit(7, 20));
  }

  @Test
  void saysNothingWhereTheServerDoesNot() {
    assertThat(of(Map.of())).isNull();
    assertThat(of(Map.of("RateLimit", "plenty"))).isNull();
    assertThat(of(Map.of("RateLimit", "\"api\";r=99999999999999;t=1"))).isNull();
    assertThat(of(Map.of("RateLimit-Remaining", "7"))).isNull();
  }
}
