package dev.cairn.models.remote;

import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.http.Timeouts;
import java.io.Serializable;
import java.time.Duration;

/**
 * How a process asks an endpoint.
 *
 * @param requests at once
 * @param tokensPerMinute that are sent at most, as Cairn counts them; 0 for as many as go
 * @param patience how long a request is repeated that an endpoint does not answer, or answers with
 *     429 or 503; a longer {@code Retry-After} is not waited for
 */
public record RemoteLimits(int requests, int tokensPerMinute, Duration patience)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** At once, if nothing else is said. */
  public static final int REQUESTS = 4;

  /** The patience of a run, in seconds, if nothing else is said. */
  public static final int PATIENCE_SECONDS = 600;

  /** Texts of a request at most: what text-embeddings-inference takes unless told otherwise. */
  static final int TEXTS = 32;

  /** Tokens of a request at most. */
  static final int TOKENS = 8192;

  private static final int MAX_REQUESTS = 256;
  private static final Duration MAX_PATIENCE = Duration.ofDays(1);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
  private static final Duration MAX_SILENCE = Duration.ofMinutes(2);
  private static final RemoteLimits INTERACTIVE =
      new RemoteLimits(REQUESTS, 0, Duration.ofSeconds(30));

  public RemoteLimits {
    if (requests < 1 || requests > MAX_REQUESTS || tokensPerMinute < 0) {
      throw new IllegalArgumentException(
          "Cannot ask a model: "
              + requests
              + " requests at once, "
              + tokensPerMinute
              + " tokens a minute (1 to "
              + MAX_REQUESTS
              + ", 0 or more)");
    }
    if (patience.compareTo(FIRST_PAUSE) < 0 || patience.compareTo(MAX_PATIENCE) > 0) {
      throw new IllegalArgumentException(
          "Cannot wait for a model: "
              + patience.toSeconds()
              + " s (1 to "
              + MAX_PATIENCE.toSeconds()
              + ")");
    }
  }

  /** For somebody who waits: half a minute of patience. */
  public static RemoteLimits interactive() {
    return INTERACTIVE;
  }

  /** As often as there is patience for. */
  Retries retries() {
    return new Retries(Integer.MAX_VALUE, patience, FIRST_PAUSE, LONGEST_PAUSE);
  }

  /** A silent endpoint is asked again while there is patience. */
  Timeouts timeouts() {
    Duration quarter = patience.dividedBy(4);
    Duration silence = quarter.compareTo(MAX_SILENCE) < 0 ? quarter : MAX_SILENCE;
    return Timeouts.standard().withIdle(silence).withTotal(patience);
  }
}
