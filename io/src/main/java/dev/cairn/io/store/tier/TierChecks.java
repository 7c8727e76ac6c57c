package dev.cairn.io.store.tier;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.gateway.GatewayStore;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.kubo.KuboClient;
import dev.cairn.io.store.kubo.RepoStat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds out how the tiers are that are elsewhere. */
final class TierChecks {
  /** A node counts its repository before it answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private TierChecks() {}

  /** Asks the node and each gateway of a policy once, and waits some seconds at most. */
  static List<TierHealth> of(StorePolicy policy) throws IOException {
    List<TierHealth> health = new ArrayList<>();
    KuboNode node = policy.node();
    if (node != null) {
      health.add(of(node));
    }
    for (String gateway : policy.gateways()) {
      health.add(of(gateway));
    }
    return health;
  }

  /** One that refuses is unfit too, and no reason to tell nothing of the others. */
  private static TierHealth of(KuboNode node) throws IOException {
    try (KuboClient client = NodeProbe.impatient(node, PATIENCE)) {
      String version = client.version();
      RepoStat room = client.repoStat();
      String detail =
          String.format(
              Locale.ROOT,
              "%s: Kubo %s, peer %s, %.1f of %.1f GB",
              client.endpoint(),
              version,
              client.id(),
              room.bytes() / 1e9,
              room.limit() / 1e9);
      return new TierHealth("kubo", true, detail);
    } catch (StorageException e) {
      return new TierHealth("kubo", false, String.valueOf(e.getMessage()));
    }
  }

  private static TierHealth of(String url) throws IOException {
    try (GatewayStore gateway =
        GatewayStore.builder(Endpoint.parse(url))
            .timeouts(NodeProbe.timeouts(PATIENCE))
            .retries(Retries.none())
            .build()) {
      gateway.probe();
      return new TierHealth("gateway", true, gateway.endpoint() + ": trustless, read only");
    } catch (StorageException e) {
      return new TierHealth("gateway", false, String.valueOf(e.getMessage()));
    }
  }
}
