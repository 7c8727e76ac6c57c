package dev.cairn.pipelines.search;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times searches over a dataset, each kind over the same queries, one after another. */
public final class SearchBenchmark {
  /** Searches before the clock counts: the JVM compiles, files come into memory. */
  private static final int WARMUP = 20;

  /** Scores of one chunk differ by the order in which floats are added. */
  private static final double ROUNDING = 1e-6;

  private SearchBenchmark() {}

  /**
   * Milliseconds of a search, from the query's text to the chunks' texts.
   *
   * @param kind what was timed
   */
  public record Times(String kind, double p50, double p95) {}

  /**
   * What was measured.
   *
   * @param recall the part of the exact search's hits that the index found; 1 without an index
   */
  public record Figures(List<Times> times, double recall) {
    public Figures {
      times = List.copyOf(times);
    }
  }

  /**
   * Measures.
   *
   * @param queries at least one
   * @param k hits of each
   */
  public static Figures run(TieredStore store, Cid dataset, List<String> queries, int k)
      throws IOException {
    List<Times> times = new ArrayList<>();
    List<List<Hit>> exact;
    try (SearchSession session = SearchSession.open(store, dataset, null, true)) {
      exact = time(session, "exact", queries, k, SearchMode.VECTOR, times);
    }
    try (SearchSession session = SearchSession.open(store, dataset, null, false)) {
      List<List<Hit>> indexed = exact;
      if (session.isIndexed()) {
        indexed = time(session, "indexed", queries, k, SearchMode.VECTOR, times);
      }
      time(session, "keyword", queries, k, SearchMode.KEYWORD, times);
      time(session, "hybrid", queries, k, SearchMode.HYBRID, times);
      return new Figures(times, recall(exact, indexed));
    }
  }

  private static List<List<Hit>> time(
      SearchSession session,
      String kind,
      List<String> queries,
      int k,
      SearchMode mode,
      List<Times> times)
      throws IOException {
    for (int i = 0; i < WARMUP; i++) {
      session.search(query(queries.get(i % queries.size()), k, mode));
    }
    double[] millis = new double[queries.size()];
    List<List<Hit>> hits = new ArrayList<>();
    for (int i = 0; i < millis.length; i++) {
      SearchQuery query = query(queries.get(i), k, mode);
      long start = System.nanoTime();
      hits.add(session.search(query));
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    times.add(new Times(kind, at(millis, 0.5), at(millis, 0.95)));
    return hits;
  }

  private static SearchQuery query(String text, int k, SearchMode mode) {
    return new SearchQuery(text, k, null, false, mode);
  }

  private static double at(double[] sorted, double part) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(part * sorted.length))];
  }

  /** By scores: of chunks of equal text any will do. */
  static double recall(List<List<Hit>> exact, List<List<Hit>> found) {
    long wanted = 0;
    long had = 0;
    for (int i = 0; i < exact.size(); i++) {
      List<Hit> all = exact.get(i);
      wanted += all.size();
      if (!all.isEmpty()) {
        double last = all.get(all.size() - 1).score() - ROUNDING;
        had += found.get(i).stream().filter(hit -> hit.score() >= last).count();
      }
    }
    return wanted == 0 ? 1 : (double) had / wanted;
  }
}
