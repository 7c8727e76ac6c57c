package dev.cairn.io.store.http;

import org.jspecify.annotations.Nullable;

/**
 * An endpoint answers with what it never should: a redirect, no JSON, lines or headers past their
 * limits. It is not what it was configured as, or it is broken.
 */
public final class BadAnswerException extends RefusedException {
  private static final long serialVersionUID = 1L;

  public BadAnswerException(String message, @Nullable Throwable cause) {
    super(message, message, cause);
  }
}
