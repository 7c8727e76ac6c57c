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
  /** The hub, where no other is named. */
  public static final String HUB = "https://huggingface.co";

  /** Each asks a program to leave the network alone; the first is Cairn's and its peers'. */
  private static final List<String> SWITCHES =
      List.of("TRANSFORMERS_PATCH_DISABLE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE");

  private final Map<String, String> environment;
  private final @Nullable String closedBy;

  private HubAccess(Map<String, String> environment, @Nullable String closedBy) {
    this.environment = environment;
    this.closedBy = closedBy;
  }

  /**
   * As an environment says: {@code HF_ENDPOINT}, {@code HF_TOKEN}, {@code HF_HUB_CACHE} or {@code
   * HF_HOME}; nothing is fetched if {@code TRANSFORMERS_PATCH_DISABLE}, {@code HF_HUB_OFFLINE} or
   * {@code TRANSFORMERS_OFFLINE} is set.
   */
  public static HubAccess of(Map<String, String> environment) {
    Optional<String> closed =
        SWITCHES.stream().filter(name -> Gate.isSet(environment, name)).findFirst();
    return new HubAccess(
        Map.copyOf(environment), closed.map(name -> name + " is set").orElse(null));
  }

  /** The same, but fetching or not, whatever the environment says. */
  public HubAccess fetching(boolean fetches) {
    return new HubAccess(environment, fetches ? null : "fetching is off");
  }

  /** Why nothing is fetched; empty if models are. */
  Optional<String> closedBy() {
    return Optional.ofNullable(closedBy);
  }

  /**
   * The hub.
   *
   * @throws UnsupportedModelException if {@code HF_ENDPOINT} names none
   */
  Endpoint endpoint() {
    String named = environment.getOrDefault("HF_ENDPOINT", "");
    try {
      return Endpoint.parse(named.isEmpty() ? HUB : named);
    } catch (IllegalArgumentException e) {
      throw UnsupportedModelException.setting("HF_ENDPOINT", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The token for it.
   *
   * @throws UnsupportedModelException if {@code HF_TOKEN} is none, without telling it
   */
  Credentials credentials() {
    try {
      return Credentials.ofToken(environment.getOrDefault("HF_TOKEN", ""));
    } catch (IllegalArgumentException e) {
      throw UnsupportedModelException.setting("HF_TOKEN", "it is not shown (one line, no blank)");
    }
  }

  HubCache cache() {
    return HubCache.of(environment);
  }
}
