package dev.cairn.io.store.http;

import java.io.IOException;

/** A body has more bytes than it may; who asked knows what that means. */
public final class TooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  TooLongException(String message) {
    super(message);
  }
}
