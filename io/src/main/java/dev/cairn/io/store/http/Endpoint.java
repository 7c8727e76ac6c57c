package dev.cairn.io.store.http;

import java.io.Serializable;
import java.util.Arrays;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a tier listens: scheme, host and port. Immutable; never holds credentials.
 *
 * <p>Written as a URL ({@code http://127.0.0.1:5001}) or as a multiaddr ({@code
 * /ip4/127.0.0.1/tcp/5001}, {@code /ip6/::1/tcp/5001/http}, {@code /dns4/host/tcp/443/https}), as
 * Kubo's {@code api} file and {@code ipfs --api} have it.
 */
public final class Endpoint implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String RULE =
      "http(s)://host:port or /ip4/ADDRESS/tcp/PORT, without a path or credentials";

  private final String url;

  private Endpoint(HttpUrl url) {
    this.url = url.scheme() + "://" + authority(url);
  }

  /**
   * Reads a URL or multiaddr.
   *
   * @throws IllegalArgumentException naming the rule; user and password, which do not belong here,
   *     are not repeated in the message
   */
  public static Endpoint parse(String text) {
    String given = text.strip();
    HttpUrl url = HttpUrl.parse(given.startsWith("/") ? fromMultiaddr(given) : given);
    boolean plain =
        url != null
            && url.username().isEmpty()
            && url.password().isEmpty()
            && url.encodedPath().equals("/")
            && url.query() == null
            && url.fragment() == null;
    if (url == null || !plain) {
      String shown = given.indexOf('@') < 0 ? given : given.substring(given.lastIndexOf('@') + 1);
      throw new IllegalArgumentException("Cannot use endpoint: " + shown + " (" + RULE + ")");
    }
    return new Endpoint(url);
  }

  /** The URL of a multiaddr; what is none gives text that is no URL. */
  private static String fromMultiaddr(String multiaddr) {
    String[] parts = multiaddr.substring(1).split("/", -1);
    if (parts.length < 4 || !parts[2].equals("tcp")) {
      return "";
    }
    String host =
        switch (parts[0]) {
          case "ip4", "dns", "dns4", "dns6" -> parts[1];
          case "ip6" -> "[" + parts[1] + "]";
          default -> "";
        };
    String scheme = scheme(parts);
    return scheme == null ? "" : scheme + "://" + host + ":" + parts[3];
  }

  private static @Nullable String scheme(String[] parts) {
    String rest = String.join("/", Arrays.asList(parts).subList(4, parts.length));
    return switch (rest) {
      case "", "http" -> "http";
      case "https", "tls/http" -> "https";
      default -> null;
    };
  }

  private static String authority(HttpUrl url) {
    String host = url.host().indexOf(':') < 0 ? url.host() : "[" + url.host() + "]";
    return host + ":" + url.port();
  }

  HttpUrl root() {
    return HttpUrl.get(url);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Endpoint other && url.equals(other.url);
  }

  @Override
  public int hashCode() {
    return url.hashCode();
  }

  /** The URL, always with a port and without a slash at its end. */
  @Override
  public String toString() {
    return url;
  }
}
