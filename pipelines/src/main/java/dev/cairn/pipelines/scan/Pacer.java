package dev.cairn.pipelines.scan;

import dev.cairn.io.store.http.RateLimit;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spreads requests over time: never more than so many a second, and what a server leaves of its
 * quota evenly over the time that it has to last. For one thread.
 */
final class Pacer {
  /** A wait at most: whoever sends longer ones is asked again then. */
  private static final double MAX_SECONDS = 600;

  private final double gap;
  private long next = System.nanoTime();

  Pacer(double maxRate) {
    this.gap = 1 / maxRate;
  }

  /** Waits until the next request may be sent. */
  void await() throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped =
          new InterruptedIOException("Interrupted: waits for its turn");
      stopped.initCause(e);
      throw stopped;
    }
    after(gap);
  }

  /** Takes what an answer says of the quota. */
  void heard(@Nullable RateLimit quota) {
    if (quota != null) {
      after(Math.max(gap, seconds(quota)));
    }
  }

  /** How long to wait before the next request. */
  static double seconds(RateLimit quota) {
    return Math.min(MAX_SECONDS, (double) quota.seconds() / Math.max(1, quota.remaining()));
  }

  private void after(double seconds) {
    next = System.nanoTime() + Math.round(seconds * 1e9);
  }
}
