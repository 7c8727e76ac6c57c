package dev.cairn.io.store.http;

import dev.cairn.io.store.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint was reached and does not do what was asked: a bad request, an unknown command, a rule
 * of its own. Asking again, or elsewhere, would hide a mistake: no tier falls back on it.
 */
public class RefusedException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * A refusal.
   *
   * @param reason the endpoint's own words, without secrets and control characters
   */
  public RefusedException(String message, String reason, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The endpoint's own words. */
  public String reason() {
    return reason;
  }
}
