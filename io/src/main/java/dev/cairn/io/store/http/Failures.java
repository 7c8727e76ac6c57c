package dev.cairn.io.store.http;

import dev.cairn.io.store.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes typed errors of all that can go wrong between a call and the end of its answer. */
final class Failures {
  /** Where Kubo and its gateway say that a stream ended early. */
  private static final String STREAM_ERROR = "X-Stream-Error";

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Endpoint endpoint;
  private final Credentials credentials;
  private final HttpFailure.Rule rule;

  Failures(Endpoint endpoint, Credentials credentials, HttpFailure.Rule rule) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.rule = rule;
  }

  /** What an answer that is not of status 2xx means. */
  IOException ofAnswer(HttpCall asked, Response response) {
    int status = response.code();
    String text;
    try {
      BufferedSource source = response.body().source();
      boolean more = source.request(HttpTier.MAX_ERROR_BYTES + 1L);
      long bytes = more ? HttpTier.MAX_ERROR_BYTES : source.getBuffer().size();
      text = clean(new String(source.readByteArray(bytes), StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("Cannot read the error of {}", what(asked), safe(e));
      text = "";
    }
    String type = response.header("Content-Type", "");
    IOException known =
        rule.of(new HttpFailure(status, type == null ? "" : type, text, cannot(asked)));
    if (known != null) {
      return known;
    }
    String told = "HTTP " + status + (text.isEmpty() ? "" : ": " + text);
    if (status == 401 || status == 403) {
      return new CredentialsException(
          cannot(asked) + " (" + told + "; sent with " + credentials + ")", told);
    }
    if (status >= 500 || status == 408 || status == 425 || status == 429) {
      boolean again = status != 501 && status != 505;
      Duration after = status == 429 || status == 503 ? retryAfter(response) : null;
      return new UnavailableException(cannot(asked) + " (" + told + ")", null, again, after);
    }
    if (status >= 300 && status < 400) {
      return new BadAnswerException(
          cannot(asked) + " (HTTP " + status + ": redirects are not followed)", null);
    }
    return new RefusedException(cannot(asked) + " (" + told + ")", told, null);
  }

  /** What a redirect means that is not followed. */
  BadAnswerException ofRedirect(HttpCall asked, Response response, String rule) {
    return new BadAnswerException(
        cannot(asked) + " (HTTP " + response.code() + ": redirects " + rule + ")", null);
  }

  /** Throws if a trailer says that the stream ended early. */
  void checkTrailers(HttpCall asked, int status, Headers trailers) throws IOException {
    String error = trailers.get(STREAM_ERROR);
    if (error != null) {
      String text = clean(error.substring(0, Math.min(error.length(), HttpTier.MAX_ERROR_BYTES)));
      IOException known = rule.of(new HttpFailure(status, "", text, cannot(asked)));
      throw known != null
          ? known
          : new RefusedException(cannot(asked) + " (" + text + ")", text, null);
    }
  }

  /** What a failure of the connection means. */
  IOException ofConnection(HttpCall asked, Call call, IOException e, boolean begun) {
    if (e instanceof StorageException || e instanceof TooLongException) {
      return e;
    }
    if (Thread.currentThread().isInterrupted()) {
      return interrupted(asked, e);
    }
    String told = clean(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    boolean timeout = e instanceof InterruptedIOException;
    if (call.isCanceled() && !timeout) {
      return new StorageException(cannot(asked) + " (closed meanwhile)", safe(e));
    }
    if (isMistrust(e) || e instanceof Egress.ForbiddenException) {
      return new RefusedException(cannot(asked) + " (" + told + ")", told, safe(e));
    }
    if (e instanceof ProtocolException && !begun) {
      return new BadAnswerException(cannot(asked) + " (" + told + ")", safe(e));
    }
    return new UnavailableException(
        cannot(asked) + " (" + told + (begun ? " within the answer" : "") + ")",
        safe(e),
        true,
        null);
  }

  private static boolean isMistrust(IOException e) {
    return e instanceof SSLPeerUnverifiedException
        || (e instanceof SSLHandshakeException && e.getCause() instanceof CertificateException);
  }

  InterruptedIOException interrupted(HttpCall asked, Exception cause) {
    InterruptedIOException interrupted = new InterruptedIOException("Interrupted: " + what(asked));
    interrupted.initCause(cause);
    return interrupted;
  }

  String what(HttpCall asked) {
    return endpoint + ": " + asked;
  }

  private String cannot(HttpCall asked) {
    return "Cannot ask " + what(asked);
  }

  /** The cause, unless it repeats a secret that the endpoint sent back. */
  private @Nullable IOException safe(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      String text = cause.toString();
      if (!credentials.redact(text).equals(text)) {
        return null;
      }
    }
    return e;
  }

  /** One line without secrets and control characters. */
  private String clean(String text) {
    return credentials.redact(text).replaceAll("\\p{Cntrl}+", " ").strip();
  }

  /**
   * Seconds or a date, else when the quota is full again; zero, which means the backoff's own pace,
   * if it is neither.
   */
  private static @Nullable Duration retryAfter(Response response) {
    String value = response.header("Retry-After");
    if (value == null) {
      RateLimit quota = RateLimit.of(name -> Objects.requireNonNullElse(response.header(name), ""));
      return quota == null ? null : Duration.ofSeconds(quota.seconds());
    }
    try {
      if (value.matches("\\d{1,9}")) {
        return Duration.ofSeconds(Integer.parseInt(value));
      }
      Instant then = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Instant.now(), then);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeParseException e) {
      LOG.debug("Retry-After is no time: {}", value);
      return null;
    }
  }
}
