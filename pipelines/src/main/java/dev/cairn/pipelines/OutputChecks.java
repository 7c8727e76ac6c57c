package dev.cairn.pipelines;

import org.jspecify.annotations.Nullable;

/**
 * What must hold of a dataset before its ref moves, beside {@code --max-failed}.
 *
 * @param minDocuments documents at least
 * @param maxChange how many documents may be added, changed or deleted, of those before; null for
 *     any number
 * @param unitVectors true if each vector that this run wrote must have the norm 1
 */
public record OutputChecks(long minDocuments, @Nullable Allowance maxChange, boolean unitVectors) {
  /** Nothing must hold. */
  public static final OutputChecks NONE = new OutputChecks(0, null, false);

  public OutputChecks {
    if (minDocuments < 0) {
      throw new IllegalArgumentException(
          "Cannot use --min-documents: " + minDocuments + " (not negative)");
    }
  }
}
