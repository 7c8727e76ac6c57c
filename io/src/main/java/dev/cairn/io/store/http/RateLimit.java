package dev.cairn.io.store.http;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says of its quota, by the header fields of the IETF's draft (RateLimit header
 * fields for HTTP): {@code RateLimit: "api";r=489;t=189}, and the older {@code remaining=, reset=}
 * and {@code RateLimit-Remaining}, {@code RateLimit-Reset}. Of several quotas the one with the
 * least left counts.
 *
 * @param remaining requests that are left
 * @param seconds until there are more
 */
public record RateLimit(long remaining, long seconds) {
  private static final Pattern PARAMETER =
      Pattern.compile("(?:^|[;,\\s])(?:(r|remaining)|t|reset)\\s*=\\s*(\\d{1,12})(?!\\d)");

  /** Reads it; null if the server says nothing of it. */
  public static @Nullable RateLimit of(UnaryOperator<String> headers) {
    RateLimit least = null;
    long remaining = -1;
    long seconds = -1;
    Matcher parameters = PARAMETER.matcher(headers.apply("RateLimit"));
    while (parameters.find()) {
      long value = Long.parseLong(parameters.group(2));
      if (parameters.group(1) != null) {
        remaining = value;
      } else {
        seconds = value;
      }
      if (remaining >= 0 && seconds >= 0) {
        if (least == null || remaining < least.remaining) {
          least = new RateLimit(remaining, seconds);
        }
        remaining = -1;
        seconds = -1;
      }
    }
    return least == null ? single(headers) : least;
  }

  private static @Nullable RateLimit single(UnaryOperator<String> headers) {
    String remaining = headers.apply("RateLimit-Remaining").strip();
    String reset = headers.apply("RateLimit-Reset").strip();
    return remaining.matches("\\d{1,12}") && reset.matches("\\d{1,12}")
        ? new RateLimit(Long.parseLong(remaining), Long.parseLong(reset))
        : null;
  }
}
