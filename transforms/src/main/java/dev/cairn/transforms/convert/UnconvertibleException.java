package dev.cairn.transforms.convert;

/** A column that cannot be converted without loss: nothing of the table is. */
public final class UnconvertibleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int SHOWN_CHARS = 60;

  /** A value as a message shows it: its beginning. */
  static String shown(Object value) {
    String text = value.toString();
    return text.length() <= SHOWN_CHARS ? text : text.substring(0, SHOWN_CHARS) + "...";
  }

  UnconvertibleException(String column, String found, String rule) {
    super("Cannot convert column: " + column + ": " + found + " (" + rule + ")");
  }
}
