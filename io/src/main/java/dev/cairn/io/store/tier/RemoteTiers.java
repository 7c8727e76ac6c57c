package dev.cairn.io.store.tier;

import dev.cairn.io.store.gateway.GatewayStore;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.io.store.kubo.KuboStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tiers of a policy that are elsewhere, in the order in which they are asked. */
final class RemoteTiers implements Closeable {
  private final @Nullable KuboStore node;
  private final List<GatewayStore> gateways;
  private final List<RemoteTier> all = new ArrayList<>();

  private RemoteTiers(@Nullable KuboStore node, List<GatewayStore> gateways) {
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
    return new RemoteTiers(store, gateways);
  }

  /** All of them. */
  List<RemoteTier> all() {
    return all;
  }

  /** The node; null if there is none. */
  @Nullable KuboStore node() {
    return node;
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
