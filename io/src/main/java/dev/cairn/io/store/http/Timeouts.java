package dev.cairn.io.store.http;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long to wait for an endpoint. Every call ends within one of these.
 *
 * @param connect until a connection stands
 * @param idle between two pieces of an answer, or of a request that is taken in
 * @param total for a whole call: a command, or one block
 * @param stream for a whole call that moves a DAG, of whatever size
 */
public record Timeouts(Duration connect, Duration idle, Duration total, Duration stream)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Timeouts STANDARD =
      new Timeouts(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofHours(12));

  public Timeouts {
    for (Duration timeout : new Duration[] {connect, idle, total, stream}) {
      if (timeout.toMillis() < 1 || timeout.toMillis() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("Cannot use timeout: " + timeout + " (1 ms to 24 days)");
      }
    }
  }

  /** 5 seconds to connect, 1 minute of silence, 10 minutes a command, 12 hours a stream. */
  public static Timeouts standard() {
    return STANDARD;
  }

  public Timeouts withConnect(Duration other) {
    return new Timeouts(other, idle, total, stream);
  }

  public Timeouts withIdle(Duration other) {
    return new Timeouts(connect, other, total, stream);
  }

  public Timeouts withTotal(Duration other) {
    return new Timeouts(connect, idle, other, stream);
  }

  public Timeouts withStream(Duration other) {
    return new Timeouts(connect, idle, total, other);
  }
}
