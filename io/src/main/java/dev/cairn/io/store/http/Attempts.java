package dev.cairn.io.store.http;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats calls that may be repeated. */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final Retries retries;
  private final Failures failures;
  private final Consumer<String> listener;

  Attempts(Retries retries, Failures failures, Consumer<String> listener) {
    this.retries = retries;
    this.failures = failures;
    this.listener = listener;
  }

  /** One attempt. */
  interface Attempt<T> {
    T run(SentMark sent) throws IOException;
  }

  /** Attempts until it succeeds, fails for good, or attempts or time are used up. */
  <T> T run(HttpCall asked, Attempt<T> attempt) throws IOException {
    Instant end = Instant.now().plus(retries.budget());
    RetryPolicy<T> policy =
        RetryPolicy.<T>builder()
            .handle(AgainException.class)
            .withMaxAttempts(retries.attempts())
            .withMaxDuration(retries.budget())
            .withBackoff(retries.first(), retries.longest())
            .withJitter(0.5)
            .withDelayFnOn(context -> pause(context.getLastException()), AgainException.class)
            .onRetryScheduled(event -> tell(asked, event.getLastException(), event.getDelay()))
            .build();
    try {
      return Failsafe.with(policy).get(() -> attempted(asked, attempt, end));
    } catch (AgainException e) {
      throw e.failure();
    } catch (FailsafeException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw failures.interrupted(asked, e);
      }
      throw e;
    }
  }

  private void tell(HttpCall asked, @Nullable Throwable failure, Duration pause) {
    LOG.debug("Asks again: {}", failures.what(asked), failure);
    String why =
        failure instanceof AgainException again ? String.valueOf(again.failure().getMessage()) : "";
    listener.accept(why + "; asks again in " + Math.max(1, pause.toSeconds()) + " s");
  }

  private <T> T attempted(HttpCall asked, Attempt<T> attempt, Instant end)
      throws IOException, AgainException {
    SentMark sent = new SentMark();
    try {
      return attempt.run(sent);
    } catch (UnavailableException e) {
      Duration pause = e.retryAfter() == null ? Duration.ZERO : e.retryAfter();
      boolean refusedWhole = e.retryAfter() != null;
      boolean safe = asked.isRepeatable() || !sent.isSent() || (refusedWhole && !asked.isOneShot());
      if (e.isWorthRetrying() && safe && Instant.now().plus(pause).isBefore(end)) {
        throw new AgainException(e);
      }
      throw e;
    }
  }

  /** The server's wish; negative, so that the backoff is used, if it has none or none worth it. */
  private static Duration pause(@Nullable Throwable failure) {
    Duration wish = failure instanceof AgainException again ? again.failure().retryAfter() : null;
    return wish == null || wish.isZero() ? Duration.ofNanos(-1) : wish;
  }

  /** A failure after which the call may be repeated: what the retry policy looks for. */
  private static final class AgainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient UnavailableException failure;

    AgainException(UnavailableException failure) {
      super(failure);
      this.failure = failure;
    }

    UnavailableException failure() {
      return failure;
    }
  }
}
