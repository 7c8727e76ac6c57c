package dev.cairn.pipelines;

import dev.cairn.io.store.tier.StorePolicy;

/** What the workers of a run share with the launcher. */
public enum Sharing {
  /** The file systems: they are in this process, or on this machine. */
  FILES,
  /** The folder of the store alone: inputs are stored first, as cache. */
  FOLDER,
  /** The policy's node alone: what they need is sent there first, and what they made is fetched. */
  NODE;

  /**
   * Refuses what cannot be.
   *
   * @throws IllegalArgumentException if a node is to be shared and there is none
   */
  public void check(StorePolicy policy) {
    if (this == NODE && policy.node() == null) {
      throw new IllegalArgumentException(
          "Cannot use --shared-store kubo: no node (" + policy.reason() + ")");
    }
  }
}
