package dev.cairn.pipelines.scan;

import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpFailure;
import dev.cairn.io.store.http.HttpReply;
import dev.cairn.io.store.http.HttpTier;
import dev.cairn.io.store.http.RateLimit;
import dev.cairn.transforms.hub.HubKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of the hub's HTTP API that a scan needs. Requests are paced ({@link Pacer}), and
 * repeated as the configuration says. For one thread.
 */
final class HubApi implements Closeable {
  /** Bytes of a page at most: a thousand records have some five million. */
  private static final int MAX_PAGE_BYTES = 256 << 20;

  /** Bytes of a card at most. */
  private static final int MAX_CARD_BYTES = 16 << 20;

  private static final int NOT_FOUND = 404;

  /** RFC 8288: the target of a link and its parameters. */
  private static final Pattern LINK =
      Pattern.compile(
          "<([^<>]*)>((?:\\s*;\\s*[^\\s=;,]+(?:\\s*=\\s*(?:\"[^\"]*\"|[^\\s;,\"]*))?)*)");

  private static final Pattern REL =
      Pattern.compile(";\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;,\"]*))", Pattern.CASE_INSENSITIVE);

  /** What a revision may be: anything else is no part of a path. */
  private static final Pattern REVISION = Pattern.compile("[0-9A-Za-z]{1,64}");

  private final HttpTier hub;
  private final Pacer pacer;

  /**
   * A page of a listing.
   *
   * @param body a JSON array of records
   * @param next the query of the page after it, null behind the last
   */
  @SuppressWarnings("ArrayRecordComponent") // an answer: never compared
  record Page(byte[] body, @Nullable String next) {}

  /** There is no such file. */
  private static final class AbsentException extends IOException {
    private static final long serialVersionUID = 1L;

    AbsentException(HttpFailure failure) {
      super(failure.call());
    }
  }

  /**
   * The hub of a configuration.
   *
   * @param listener hears of requests that are repeated
   */
  HubApi(ScanConfig config, Consumer<String> listener) {
    this.hub =
        HttpTier.builder(config.endpoint())
            .credentials(config.credentials())
            .retries(config.retries())
            .listener(listener)
            .failures(
                failure -> failure.status() == NOT_FOUND ? new AbsentException(failure) : null)
            .build();
    this.pacer = new Pacer(config.maxRate());
  }

  /** A query as text, which {@link Page#next} is too. */
  static String query(List<Map.Entry<String, String>> parameters) {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<String, String> one : parameters) {
      pairs.add(encoded(one.getKey()) + "=" + encoded(one.getValue()));
    }
    return String.join("&", pairs);
  }

  /** A page of a listing. */
  Page page(HubKind kind, String query) throws IOException {
    String path = "api/" + kind + "s";
    HttpCall call = HttpCall.get(path, path);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      call = call.with(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    try {
      return ask(call, reply -> new Page(reply.bytes(MAX_PAGE_BYTES), next(reply, path, query)));
    } catch (AbsentException e) {
      throw new BadAnswerException(e.getMessage() + " (HTTP 404: the hub's API)", e);
    }
  }

  /**
   * A repository's card.
   *
   * @param revision a commit, or null for the present one
   * @return its bytes, null if it has none
   * @throws TooLongException if it is larger than any card
   */
  byte @Nullable [] card(HubKind kind, String name, @Nullable String revision) throws IOException {
    String folder = kind == HubKind.DATASET ? "datasets/" + name : name;
    boolean known = revision != null && REVISION.matcher(revision).matches();
    String path = folder + "/raw/" + (known ? revision : "main") + "/README.md";
    try {
      return ask(HttpCall.get(path, path), reply -> reply.bytes(MAX_CARD_BYTES));
    } catch (AbsentException e) {
      return null;
    }
  }

  private <T> T ask(HttpCall call, HttpTier.Reader<T> reader) throws IOException {
    pacer.await();
    return hub.ask(
        call,
        reply -> {
          pacer.heard(RateLimit.of(reply::header));
          return reader.read(reply);
        });
  }

  /** The query of the next page: where the hub says that it lies is not asked. */
  private static @Nullable String next(HttpReply reply, String path, String query)
      throws IOException {
    String link = target(reply.header("Link"));
    if (link == null) {
      return null;
    }
    try {
      URI next = new URI(link);
      String rawPath = next.getRawPath() == null ? "" : next.getRawPath();
      String rawQuery = next.getRawQuery();
      boolean same = rawPath.endsWith("/" + path) || rawPath.equals(path);
      if (same && rawQuery != null && !rawQuery.isEmpty() && !rawQuery.equals(query)) {
        return rawQuery;
      }
    } catch (URISyntaxException e) {
      throw notNext(reply, link, e);
    }
    throw notNext(reply, link, null);
  }

  /** Where the next page is said to be; null if there is none. */
  static @Nullable String target(String header) {
    Matcher link = LINK.matcher(header);
    while (link.find()) {
      Matcher rel = REL.matcher(link.group(2));
      while (rel.find()) {
        String kinds = rel.group(1) == null ? rel.group(2) : rel.group(1);
        if (List.of(kinds.toLowerCase(Locale.ROOT).split("\\s+", -1)).contains("next")) {
          return link.group(1);
        }
      }
    }
    return null;
  }

  private static BadAnswerException notNext(
      HttpReply reply, String link, @Nullable Exception cause) {
    return new BadAnswerException(
        "Cannot go on: " + reply.what() + ": " + link + " (another page of the same listing)",
        cause);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) throws BadAnswerException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadAnswerException("Cannot read query: " + text + " (percent-encoded)", e);
    }
  }

  @Override
  public void close() {
    hub.close();
  }
}
