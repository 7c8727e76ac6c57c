package dev.cairn.models.remote;

import dev.cairn.io.store.http.HttpFailure;
import dev.cairn.io.store.http.RefusedException;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An endpoint refuses a request that it might take in smaller parts; or one text, for itself. */
public final class TooMuchException extends RefusedException {
  private static final long serialVersionUID = 1L;

  /** Bad request, too large, and what text-embeddings-inference says of too many texts. */
  private static final Set<Integer> STATUSES = Set.of(400, 413, 422);

  private TooMuchException(String message, String reason) {
    super(message, reason, null);
  }

  static @Nullable IOException of(HttpFailure failure) {
    return STATUSES.contains(failure.status())
        ? new TooMuchException(
            failure.call() + " (HTTP " + failure.status() + ": " + failure.text() + ")",
            failure.text())
        : null;
  }
}
