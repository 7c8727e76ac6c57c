package dev.cairn.pipelines.history;

import java.util.Locale;

/**
 * What became of a record between two datasets.
 *
 * @param id of the record; of one that failed before it had any, where it lies
 * @param detail the code of a failure, else empty
 */
public record Change(String id, Kind kind, String detail) {
  /** Kinds of changes. */
  public enum Kind {
    ADDED,
    CHANGED,
    DELETED,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
