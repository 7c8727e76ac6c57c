package dev.cairn.models;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.tier.Gate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether and how models are fetched from the Hugging Face hub that are not in its cache on this
 * machine. Immutable.
 */
public final class HubAccess {
  private static final String HUB = "https://huggingface.co";

  /** Each asks a program to leave the network alone; the first is Cairn's and its peers'. */
  private static final List<String> SWITCHES =
      List.of("TRANSFORMERS_PATCH_DISABLE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE");

  private final Endpoint endpoint;
  private final Credentials credentials;
  private final HubCache cache;
  private final @Nullable String closedBy;

  private HubAccess(
      Endpoint endpoint, Credentials credentials, HubCache cache, @Nullable String closedBy) {
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.cache = cache;
    this.closedBy = closedBy;
  }

  /**
   * As an environment says: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_HUB_CACHE} or {@code
   * HF_HOME}; nothing is fetched if {@code TRANSFORMERS_PATCH_DISABLE}, {@code HF_HUB_OFFLINE} or
   * {@code TRANSFORMERS_OFFLINE} is set.
   *
   * @throws UnsupportedModelException if the endpoint or the token is none; the token is not shown
   */
  public static HubAccess of(Map<String, String> environment) {
    Optional<String> closed =
        SWITCHES.stream().filter(name -> Gate.isSet(environment, name)).findFirst();
    return new HubAccess(
        endpoint(environment.getOrDefault("HF_ENDPOINT", "")),
        credentials(environment.getOrDefault("HF_TOKEN", "")),
        HubCache.of(environment),
        closed.map(name -> name + " is set").orElse(null));
  }

  private static Endpoint endpoint(String named) {
    try {
      return Endpoint.parse(named.isEmpty() ? HUB : named);
    } catch (IllegalArgumentException e) {
      throw UnsupportedModelException.setting("HF_ENDPOINT", String.valueOf(e.getMessage()));
    }
  }

  private static Credentials credentials(String token) {
    try {
      return token.isBlank() ? Credentials.none() : Credentials.parse("bearer:" + token.strip());
    } catch (IllegalArgumentException e) {
      throw UnsupportedModelException.setting("HF_TOKEN", "it is not shown (one line, no blank)");
    }
  }

  /** The same, but fetching or not, whatever the environment says. */
  public HubAccess fetching(boolean fetches) {
    return new HubAccess(endpoint, credentials, cache, fetches ? null : "fetching is off");
  }

  /** Why nothing is fetched; empty if models are. */
  Optional<String> closedBy() {
    return Optional.ofNullable(closedBy);
  }

  Endpoint endpoint() {
    return endpoint;
  }

  Credentials credentials() {
    return credentials;
  }

  HubCache cache() {
    return cache;
  }
}
