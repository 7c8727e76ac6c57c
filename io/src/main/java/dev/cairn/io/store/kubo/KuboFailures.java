package dev.cairn.io.store.kubo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.HttpFailure;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.UnavailableException;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Kubo's errors: status 500 (or a stream's trailer) with a message in words, whatever happened. The
 * words below are those of 0.42.0; other words are a refusal.
 */
final class KuboFailures implements HttpFailure.Rule {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a block that the node does not have, and does not find if it searches. */
  private static final Pattern NOT_FOUND = Pattern.compile("ipld: could not find (\\w+)");

  /** Of a node that would do it if it could: full, out of files, out of time, going down. */
  private static final List<String> UNABLE =
      List.of(
          "no space left on device",
          "disk quota exceeded",
          "input/output error",
          "too many open files",
          "context deadline exceeded",
          "context canceled",
          "datastore closed");

  private final Endpoint endpoint;

  KuboFailures(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public @Nullable IOException of(HttpFailure failure) {
    String message = message(failure);
    return message == null ? null : of(failure.call(), message);
  }

  /** What a message means. */
  IOException of(String call, String message) {
    Cid missing = missing(message);
    if (missing != null) {
      return new MissingBlockException(missing, where(endpoint));
    }
    String told = call + " (" + message + ")";
    return UNABLE.stream().anyMatch(message::contains)
        ? new UnavailableException(told, null)
        : new RefusedException(told, message, null);
  }

  /** How errors name a node. */
  static String where(Endpoint endpoint) {
    return "kubo " + endpoint;
  }

  private static @Nullable String message(HttpFailure failure) {
    if (failure.status() == 200) {
      return failure.text();
    }
    if (failure.status() != 500 || !failure.contentType().startsWith("application/json")) {
      return null;
    }
    try {
      JsonNode message = JSON.readTree(failure.text()).path("Message");
      return message.isTextual() ? message.textValue() : null;
    } catch (JsonProcessingException e) {
      // Cut off at the limit: the words alone will do.
      return failure.text();
    }
  }

  private static @Nullable Cid missing(String message) {
    Matcher words = NOT_FOUND.matcher(message);
    try {
      return words.find() ? Cid.parse(words.group(1)) : null;
    } catch (MalformedContentException e) {
      return null;
    }
  }
}
