package dev.cairn.pipelines.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reciprocal rank fusion (Cormack, Clarke, Buettcher, SIGIR 2009): what is ranked high by several
 * is ranked high, whatever their scores mean.
 */
final class Fusion {
  /** The paper's constant. */
  private static final int K = 60;

  private Fusion() {}

  /** One ranking of several; a document's chunk is that of the first ranking that has it. */
  static List<Found> of(List<List<Found>> rankings) {
    Map<Object, Found> fused = new LinkedHashMap<>();
    for (List<Found> ranking : rankings) {
      for (int i = 0; i < ranking.size(); i++) {
        Found found = ranking.get(i);
        double score = 1.0 / (K + i + 1);
        fused.merge(
            found.key(),
            new Found(found.key(), found.place(), score),
            (a, b) -> new Found(a.key(), a.place(), a.score() + b.score()));
      }
    }
    List<Found> all = new ArrayList<>(fused.values());
    all.sort(Comparator.comparingDouble(Found::score).reversed().thenComparing(Found::place));
    return all;
  }
}
