package dev.cairn.transforms.convert;

/** A column that cannot be converted without loss: nothing of the table is. */
public final class UnconvertibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnconvertibleException(String column, String found, String rule) {
    super("Cannot convert column: " + column + ": " + found + " (" + rule + ")");
  }
}
