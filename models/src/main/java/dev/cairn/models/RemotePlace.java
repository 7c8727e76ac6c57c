package dev.cairn.models;

import dev.cairn.io.store.http.Endpoint;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a model answers over HTTP as OpenAI's does. It holds no secret.
 *
 * @param endpoint host and port
 * @param path of its embeddings, without a slash before it
 * @param model what the endpoint calls the model
 */
public record RemotePlace(Endpoint endpoint, String path, String model) {
  private static final String EMBEDDINGS = "embeddings";
  private static final Pattern VERSION = Pattern.compile("v\\d{1,3}");
  private static final Pattern MODEL = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final String RULE =
      "openai:URL#MODEL: http(s)://HOST[:PORT][/PATH] without user, password or query";

  /**
   * Reads {@code URL#MODEL}. The URL is what clients of OpenAI call the base URL, with or without
   * the version at its end.
   *
   * @param reference the whole reference, for messages
   */
  static RemotePlace parse(String reference, String text) {
    int hash = text.indexOf('#');
    String model = hash < 0 ? "" : text.substring(hash + 1);
    try {
      URI url = new URI(hash < 0 ? text : text.substring(0, hash));
      boolean plain =
          url.getScheme() != null
              && url.getRawAuthority() != null
              && url.getRawUserInfo() == null
              && url.getRawQuery() == null;
      if (plain && MODEL.matcher(model).matches()) {
        Endpoint endpoint = Endpoint.parse(url.getScheme() + "://" + url.getRawAuthority());
        return new RemotePlace(endpoint, path(url.getRawPath()), model);
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new UnsupportedModelException(shown(reference), RULE, e);
    }
    throw new UnsupportedModelException(shown(reference), RULE);
  }

  /** A reference without what may be a user and a password, or a key. */
  private static String shown(String reference) {
    String plain = reference.replaceFirst("\\?[^#]*", "?...");
    int at = plain.lastIndexOf('@');
    return at < 0 ? plain : "openai:..." + plain.substring(at);
  }

  private static String path(String rawPath) {
    String base = rawPath.replaceAll("^/+|/+$", "");
    String last = base.substring(base.lastIndexOf('/') + 1);
    if (last.equals(EMBEDDINGS)) {
      return base;
    }
    String versioned =
        VERSION.matcher(last).matches() ? base : (base.isEmpty() ? "" : base + "/") + "v1";
    return versioned + "/" + EMBEDDINGS;
  }
}
