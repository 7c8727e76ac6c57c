package dev.cairn.pipelines.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
  private static Found found(String id, int row) {
    return new Found(id, new Place(0, row), 0);
  }

  @Test
  void whatBothRankHighComesFirst() {
    List<Found> one = List.of(found("a", 1), found("b", 2), found("c", 3));
    List<Found> two = List.of(found("b", 9), found("d", 4), found("a", 1));
    List<Found> fused = Fusion.of(List.of(one, two));
    assertThat(fused).extracting(Found::key).containsExactly("b", "a", "d", "c");
    assertThat(fused.get(0).place()).as("the chunk of the first").isEqualTo(new Place(0, 2));
    assertThat(fused.get(0).score()).isEqualTo(1.0 / 62 + 1.0 / 61);
    assertThat(fused.get(3).score()).isEqualTo(1.0 / 63);
  }

  @Test
  void equalScoresStandInTheDatasetsOrder() {
    List<Found> fused =
        Fusion.of(List.of(List.of(found("late", 7)), List.of(found("early", 3)), List.of()));
    assertThat(fused).extracting(Found::key).containsExactly("early", "late");
  }
}
