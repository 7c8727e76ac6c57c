package dev.cairn.io.table;

import java.io.Serializable;

/**
 * A named and typed column, or field of a struct. A value that is not required may be null.
 *
 * @param name one to {@value #MAX_NAME_CHARS} characters, without control characters and dots
 *     (Parquet joins the names of a path with dots)
 */
public record Column(String name, ColumnType type, boolean required, Cardinality cardinality)
    implements Serializable {
  /** Characters of a name at most: names are repeated in the footer of every row group. */
  public static final int MAX_NAME_CHARS = 128;

  public Column {
    boolean named = !name.isEmpty() && name.length() <= MAX_NAME_CHARS && Utf8.length(name) > 0;
    if (!named || name.chars().anyMatch(c -> c == '.' || Character.isISOControl(c))) {
      throw new IllegalArgumentException(
          "Cannot name column: '"
              + name
              + "' (1 to "
              + MAX_NAME_CHARS
              + " characters, no control character, no dot)");
    }
  }

  /** A column of repeated values, or of large ones if it holds vectors. */
  public static Column of(String name, ColumnType type, boolean required) {
    boolean vector = type.kind() == ColumnType.Kind.VECTOR;
    return new Column(name, type, required, vector ? Cardinality.LARGE : Cardinality.REPEATED);
  }

  @Override
  public String toString() {
    return name + " " + type + (required ? " not null" : "");
  }
}
