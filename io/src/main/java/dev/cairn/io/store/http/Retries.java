package dev.cairn.io.store.http;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often a call that may be repeated is. The pauses double from {@code first} on, each longer or
 * shorter by up to half at random; a server's {@code Retry-After} goes before them.
 *
 * @param attempts calls at most, the first among them
 * @param budget time for all of them: none is begun later, and a longer {@code Retry-After} is not
 *     waited for
 * @param first the first pause
 * @param longest no pause is longer, but by chance
 */
public record Retries(int attempts, Duration budget, Duration first, Duration longest)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Retries STANDARD =
      new Retries(4, Duration.ofSeconds(30), Duration.ofMillis(200));

  /** Pauses that double without end. */
  public Retries(int attempts, Duration budget, Duration first) {
    this(attempts, budget, first, budget.plus(first));
  }

  public Retries {
    if (attempts < 1
        || first.toMillis() < 1
        || budget.compareTo(first) < 0
        || longest.compareTo(first) <= 0) {
      throw new IllegalArgumentException(
          "Cannot retry: " + attempts + " times in " + budget + " (1 or more, the pauses fit)");
    }
  }

  /** 4 attempts within 30 seconds, pauses of 0.2, 0.4 and 0.8 seconds. */
  public static Retries standard() {
    return STANDARD;
  }

  /** Nothing is repeated. */
  public static Retries none() {
    return new Retries(1, Duration.ofSeconds(1), Duration.ofMillis(1));
  }
}
