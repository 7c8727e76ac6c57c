package dev.cairn.io.table;

/**
 * How a column's values repeat: decides how a file keeps them. It changes a file's bytes, never its
 * rows.
 */
public enum Cardinality {
  /** Few values, often repeated: a dictionary pays, and so do minimum and maximum. */
  REPEATED,

  /**
   * Short values that hardly repeat (ids, CIDs, titles): no dictionary, but minimum and maximum.
   */
  DISTINCT,

  /** Texts and vectors: no dictionary and no minimum or maximum, which nobody filters by. */
  LARGE
}
