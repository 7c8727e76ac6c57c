package dev.cairn.io.store.gateway;

import java.io.IOException;

/** A gateway says that it has not got what was asked for; who asked knows what that is. */
final class AbsentException extends IOException {
  private static final long serialVersionUID = 1L;

  AbsentException(String message) {
    super(message);
  }
}
