package dev.cairn.pipelines.search;

import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param text of any length; one longer than a chunk is cut as documents are
 * @param k hits at most
 * @param where a condition of DuckDB's SQL over the chunks' columns, or null
 * @param perDocument true for one hit a document, its best chunk
 * @param mode by what to rank
 */
public record SearchQuery(
    String text, int k, @Nullable String where, boolean perDocument, SearchMode mode) {
  /** Hits at most: a page of results, or the depth of an evaluation. */
  public static final int MAX_K = 10_000;

  public SearchQuery {
    if (text.isBlank()) {
      throw new IllegalArgumentException("Cannot search: no query (some text)");
    }
    if (k < 1 || k > MAX_K) {
      throw new IllegalArgumentException("Cannot use -k: " + k + " (1 to " + MAX_K + ")");
    }
  }
}
