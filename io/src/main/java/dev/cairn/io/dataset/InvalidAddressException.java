package dev.cairn.io.dataset;

/** A record that no address can name: its id and path are too long, or have no UTF-8. */
public final class InvalidAddressException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidAddressException(String message) {
    super(message);
  }
}
