package dev.cairn.io.store.tier;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.tier.StorePolicy.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which tiers are used, and says why (storage.md, 7): a flag, else a variable that forces
 * the local store, else the marks of continuous integration, else whether the node answers.
 */
public final class PolicyResolver {
  /** Where Kubo listens if nobody says otherwise. */
  static final String DEFAULT_API = "http://127.0.0.1:5001";

  private final StoreSettings settings;
  private final Map<String, String> environment;

  /** Decides by flags and variables. */
  public PolicyResolver(StoreSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
  }

  /** The local store's folder. */
  public Path home() {
    return settings.home(environment);
  }

  /**
   * Decides; asks the node unless something speaks against it before.
   *
   * @throws StorageException if only a node will do and it does not answer
   * @throws IllegalArgumentException if an address cannot be read
   */
  public StorePolicy resolve() throws IOException {
    return switch (settings.choice()) {
      case LOCAL -> StorePolicy.local(home(), "--store local");
      case KUBO -> strict();
      case AUTO -> automatic();
    };
  }

  private StorePolicy strict() throws IOException {
    KuboNode node = node();
    NodeProbe.Answer answer = new NodeProbe(node).ask();
    if (!answer.isUp()) {
      throw new StorageException(
          "Cannot use --store kubo: " + node.api() + " (" + answer.detail() + ")", null);
    }
    return policy(Mode.KUBO, node, "--store kubo, " + answer.detail());
  }

  private StorePolicy automatic() throws IOException {
    // A node that was named by a flag is wanted here and now, whatever the environment says.
    Optional<String> closed =
        settings.kuboApi() == null ? Gate.closedBy(environment) : Optional.empty();
    if (closed.isPresent()) {
      // Gateways that a flag names are wanted here and now too.
      return StorePolicy.local(home(), closed.get(), parsed(settings.gateways()));
    }
    KuboNode node = node();
    NodeProbe.Answer answer = ask(node);
    if (answer.isUp()) {
      return policy(Mode.TIERED, node, answer.detail());
    }
    if (namedBy() == null) {
      return StorePolicy.local(home(), answer.detail(), gateways());
    }
    String reason = namedBy() + ": " + answer.detail() + ", so what it is to hold is queued";
    return policy(Mode.TIERED, node, reason);
  }

  /** What is no Kubo, or wants credentials, is a mistake only where it was named. */
  private NodeProbe.Answer ask(KuboNode node) throws IOException {
    try {
      return new NodeProbe(node).ask();
    } catch (RefusedException e) {
      if (namedBy() != null) {
        throw e;
      }
      return new NodeProbe.Answer(false, "what answers at " + node.api() + " is not for us");
    }
  }

  private StorePolicy policy(Mode mode, KuboNode node, String reason) {
    String folder = home().toAbsolutePath().toString();
    return new StorePolicy(folder, mode, reason, node, gateways());
  }

  /** What names the node; null if nothing does. */
  private @Nullable String namedBy() {
    if (settings.kuboApi() != null) {
      return "--kubo-api";
    }
    return environment.getOrDefault("CAIRN_KUBO_API", "").isEmpty() ? null : "CAIRN_KUBO_API";
  }

  private KuboNode node() {
    String named = environment.getOrDefault("CAIRN_KUBO_API", "");
    String api = settings.kuboApi();
    if (api == null) {
      api = named.isEmpty() ? DEFAULT_API : named;
    }
    Path auth = settings.kuboAuthFile();
    return new KuboNode(api, auth == null ? null : auth.toAbsolutePath().toString());
  }

  private List<String> gateways() {
    if (!settings.gateways().isEmpty()) {
      return parsed(settings.gateways());
    }
    String named = environment.getOrDefault("CAIRN_GATEWAYS", "");
    return parsed(
        Arrays.stream(named.split(",", -1)).map(String::strip).filter(g -> !g.isEmpty()).toList());
  }

  /** What cannot be read is refused at the launch and not by a worker. */
  private static List<String> parsed(List<String> urls) {
    return urls.stream().map(url -> Endpoint.parse(url).toString()).toList();
  }
}
