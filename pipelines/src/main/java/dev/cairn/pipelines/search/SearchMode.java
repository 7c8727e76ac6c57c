package dev.cairn.pipelines.search;

/** By what a search ranks. */
public enum SearchMode {
  /** Nearness of meaning: exact, over all vectors. */
  VECTOR,
  /** Words that are shared: BM25. */
  KEYWORD,
  /** Both ranks, by reciprocal rank fusion. */
  HYBRID
}
