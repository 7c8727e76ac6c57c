package dev.cairn.io.beam;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * The opened store of a policy: the one place where this package opens one for reading, and so
 * where tiers come in.
 *
 * <p>All readers of a JVM share one for each policy. It is opened when it is first needed and never
 * closed: Beam tells a file system of no end, and a reader may hold a channel at any time. What
 * stays open is a bounded number of files; a store that is only read registers no writer.
 */
final class OpenStore {
  private static final Map<String, OpenStore> OPEN = new HashMap<>();

  private final TieredStore tiers;

  private OpenStore(TieredStore tiers) {
    this.tiers = tiers;
  }

  /** The policy that options mean: equal options, equal policy, in every process. */
  static String policy(PipelineOptions options) {
    return options.as(IpfsOptions.class).getCairnPolicy();
  }

  /**
   * The store of a policy.
   *
   * @throws dev.cairn.io.store.StorageException if it cannot be opened
   */
  static OpenStore of(String policy) throws IOException {
    synchronized (OPEN) {
      OpenStore store = OPEN.get(policy);
      if (store == null) {
        store = new OpenStore(PolicyOption.decode(policy).open());
        OPEN.put(policy, store);
      }
      return store;
    }
  }

  /** Blocks, from whatever tier has them. */
  BlockStore blocks() {
    return tiers;
  }

  /** What names mean: refs of the local store, then names that a node would know. */
  NameResolver names() {
    return new RefNames(tiers, name -> tiers.resolveName(name));
  }
}
