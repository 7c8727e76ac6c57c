package dev.cairn.io.table;

/** A row that is not of its schema: a wrong type, a missing value, a text that has no UTF-8. */
public final class InvalidRowException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String column;

  public InvalidRowException(String column, String found, String rule) {
    super("Cannot use column: " + column + " (" + found + "; " + rule + ")");
    this.column = column;
  }

  /** The column it is about, with a dot before each field of a struct. */
  public String column() {
    return column;
  }
}
