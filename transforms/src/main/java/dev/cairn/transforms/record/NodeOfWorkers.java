package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.SharedNode;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.StoreSettings;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A node that launcher and workers talk to. The local store of a worker is the one that its own
 * environment names ({@code CAIRN_HOME}), and is no more than a cache.
 *
 * @param policy the launcher's
 * @param run to which the launcher lent the word
 * @param word that proves that the node here is the launcher's
 */
record NodeOfWorkers(StorePolicy policy, String run, NodeWord word) implements WorkerStore {
  private static final long serialVersionUID = 1L;

  @Override
  public WorkStore open() throws IOException {
    Path home = StoreSettings.none().home(System.getenv());
    TieredStore tiers = policy.at(home).open();
    try {
      if (!SharedNode.of(tiers).isLent(run, NodeWord.NAME, word.cid())) {
        throw StoreNotSharedException.node(policy);
      }
      return WorkStore.atNode(tiers);
    } catch (IOException | RuntimeException e) {
      tiers.close();
      throw e;
    }
  }
}
