package dev.cairn.io.format;

/**
 * Where a file's row groups end: decided by the rows alone, so that the same rows give the same
 * file.
 *
 * @param maxRows rows of a group at most
 * @param maxBytes bytes of a group's values at most, as {@link
 *     dev.cairn.io.table.TableSchema#check} counts them before compression; one larger row is a
 *     group of its own
 */
public record RowGroups(int maxRows, long maxBytes) {
  public RowGroups {
    if (maxRows < 1 || maxBytes < 1) {
      throw new IllegalArgumentException(
          "Cannot bound row groups: " + maxRows + " rows, " + maxBytes + " bytes (at least 1)");
    }
  }

  /** Groups of {@code maxRows} rows; the last may have fewer. */
  public static RowGroups rows(int maxRows) {
    return new RowGroups(maxRows, Long.MAX_VALUE);
  }

  /** Groups of as many rows as have at most {@code maxBytes}. */
  public static RowGroups bytes(long maxBytes) {
    return new RowGroups(Integer.MAX_VALUE, maxBytes);
  }

  /** True if a group of {@code rows} and {@code bytes} must end before a row of {@code next}. */
  boolean full(long rows, long bytes, long next) {
    return rows > 0 && (rows >= maxRows || next > maxBytes - bytes);
  }
}
