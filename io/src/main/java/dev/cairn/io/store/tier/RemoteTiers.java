package dev.cairn.io.store.tier;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.gateway.GatewayStore;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.http.Retries;
import dev.cairn.io.store.kubo.KuboClient;
import dev.cairn.io.store.kubo.KuboStore;
import dev.cairn.io.store.kubo.RepoStat;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tiers of a policy that are elsewhere, in the order in which they are asked. */
final class RemoteTiers implements Closeable {
  /** A node counts its repository before it answers. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final StorePolicy policy;
  private final @Nullable KuboStore node;
  private final List<GatewayStore> gateways;
  private final List<RemoteTier> all = new ArrayList<>();

  private RemoteTiers(StorePolicy policy, @Nullable KuboStore node, List<GatewayStore> gateways) {
    this.policy = policy;
    this.node = node;
    this.gateways = gateways;
    if (node != null) {
      all.add(new RemoteTier(node.toString(), node.stream()));
    }
    for (GatewayStore gateway : gateways) {
      all.add(new RemoteTier(gateway.toString(), gateway.stream()));
    }
  }

  static RemoteTiers of(StorePolicy policy) throws IOException {
    KuboNode node = policy.node();
    List<GatewayStore> gateways =
        policy.gateways().stream()
            .map(url -> GatewayStore.builder(Endpoint.parse(url)).build())
            .toList();
    KuboStore store = node == null ? null : new KuboStore(node.newClient().build());
    return new RemoteTiers(policy, store, gateways);
  }

  /** All of them. */
  List<RemoteTier> all() {
    return all;
  }

  /** The node; null if there is none. */
  @Nullable KuboStore node() {
    return node;
  }

  /** How they are; asks each of them once, and waits some seconds at most. */
  List<TierHealth> health() throws IOException {
    List<TierHealth> health = new ArrayList<>();
    KuboNode asked = policy.node();
    if (asked != null) {
      health.add(health(asked));
    }
    for (String gateway : policy.gateways()) {
      health.add(health(gateway));
    }
    return health;
  }

  /** One that refuses is unfit too, and no reason to tell nothing of the others. */
  private static TierHealth health(KuboNode node) throws IOException {
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

  private static TierHealth health(String url) throws IOException {
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

  @Override
  public void close() throws IOException {
    for (RemoteTier tier : all) {
      tier.close();
    }
    gateways.forEach(GatewayStore::close);
    if (node != null) {
      node.close();
    }
  }
}
