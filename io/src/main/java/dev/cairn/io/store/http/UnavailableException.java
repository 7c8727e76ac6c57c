package dev.cairn.io.store.http;

import dev.cairn.io.store.StorageException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint cannot be used now: refused connections, timeouts, broken streams, a server that is
 * overloaded or full. The same call may succeed later or elsewhere: the only failure on which
 * another tier may be asked.
 */
public final class UnavailableException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final boolean worthRetrying;
  private final transient @Nullable Duration retryAfter;

  /** For what a retry within seconds will not mend, as a full disk. */
  public UnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, false, null);
  }

  UnavailableException(
      String message,
      @Nullable Throwable cause,
      boolean worthRetrying,
      @Nullable Duration retryAfter) {
    super(message, cause);
    this.worthRetrying = worthRetrying;
    this.retryAfter = retryAfter;
  }

  /** True if the same call may succeed within seconds. */
  boolean isWorthRetrying() {
    return worthRetrying;
  }

  /** How long the server asked to be left alone; null if it did not. */
  @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
