package dev.cairn.io.store.http;

/** An endpoint wants other credentials than it was given (HTTP 401 and 403). */
public final class CredentialsException extends RefusedException {
  private static final long serialVersionUID = 1L;

  CredentialsException(String message, String reason) {
    super(message, reason, null);
  }
}
