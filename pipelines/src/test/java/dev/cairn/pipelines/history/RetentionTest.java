package dev.cairn.pipelines.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final List<Instant> HISTORY =
      Stream.of(
              "2026-11-28T10:00:00Z", // Saturday
              "2026-11-28T01:00:00Z",
              "2026-11-27T23:59:59Z",
              "2026-11-27T00:00:00Z",
              "2026-11-23T00:00:00Z", // Monday of the same week
              "2026-11-22T12:00:00Z", // Sunday of the week before
              "2026-11-16T00:00:00Z",
              "2026-01-01T00:00:00Z",
              "2025-12-29T00:00:00Z") // of the same ISO week
          .map(Instant::parse)
          .toList();

  @Test
  void keepsTheLast() {
    assertThat(new Retention(3, 0, 0).kept(HISTORY)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(new Retention(99, 0, 0).kept(HISTORY)).hasSize(HISTORY.size());
  }

  @Test
  void keepsTheLastOfEachDay() {
    assertThat(new Retention(0, 3, 0).kept(HISTORY)).containsExactlyInAnyOrder(0, 2, 4);
  }

  @Test
  void keepsTheLastOfEachWeek() {
    assertThat(new Retention(0, 0, 3).kept(HISTORY)).containsExactlyInAnyOrder(0, 5, 7);
    assertThat(new Retention(0, 2, 2).kept(HISTORY)).containsExactlyInAnyOrder(0, 2, 5);
  }

  @Test
  void alwaysKeepsThePresent() {
    IntStream.range(0, 3)
        .mapToObj(i -> new Retention(i == 0 ? 1 : 0, i == 1 ? 1 : 0, i == 2 ? 1 : 0))
        .forEach(retention -> assertThat(retention.kept(HISTORY)).contains(0));
    assertThat(new Retention(1, 0, 0).kept(List.of())).isEmpty();
  }

  @Test
  void refusesToKeepNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Retention(3, -1, 0));
  }
}
