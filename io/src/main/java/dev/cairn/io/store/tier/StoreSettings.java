package dev.cairn.io.store.tier;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of the store, by flags: each wins over its variable.
 *
 * @param home the local store's folder, or null for {@code CAIRN_HOME} and what follows it
 * @param choice which tiers to use
 * @param kuboApi the node's RPC endpoint, or null for {@code CAIRN_KUBO_API}
 * @param kuboAuthFile a file with the node's credentials, or null for {@code CAIRN_KUBO_AUTH} or
 *     {@code CAIRN_KUBO_AUTH_FILE}
 * @param gateways trustless gateways, or empty for {@code CAIRN_GATEWAYS}
 */
public record StoreSettings(
    @Nullable Path home,
    Choice choice,
    @Nullable String kuboApi,
    @Nullable Path kuboAuthFile,
    List<String> gateways) {

  /** The values of {@code --store}. */
  public enum Choice {
    /** The local store, and a node if there is one and nothing speaks against it. */
    AUTO,
    /** The local store and nothing else. */
    LOCAL,
    /** The local store and a node, without which nothing is done. */
    KUBO
  }

  public StoreSettings {
    gateways = List.copyOf(gateways);
  }

  /** No flag at all. */
  public static StoreSettings none() {
    return new StoreSettings(null, Choice.AUTO, null, null, List.of());
  }

  /** The local store's folder (cli.md, "Home"). */
  public Path home(Map<String, String> environment) {
    if (home != null) {
      return home;
    }
    String named = environment.getOrDefault("CAIRN_HOME", "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    if (!data.isEmpty()) {
      return Path.of(data, "cairn");
    }
    String user = environment.getOrDefault("HOME", "");
    String folder = user.isEmpty() ? System.getProperty("user.home") : user;
    return Path.of(folder, ".local", "share", "cairn");
  }
}
