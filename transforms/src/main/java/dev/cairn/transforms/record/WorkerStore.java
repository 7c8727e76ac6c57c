package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.io.Serializable;

/**
 * The store as a worker gets it: the launcher's policy, and the proof that it is the same one.
 *
 * @param policy the launcher's
 * @param proof that the folder here is the launcher's
 */
public record WorkerStore(StorePolicy policy, StoreProof proof) implements Serializable {
  /** The store of a worker in the launcher's own process. */
  public static WorkerStore here(StorePolicy policy) {
    return new WorkerStore(policy, StoreProof.none());
  }

  /**
   * Opens it; the worker closes it.
   *
   * @throws StoreNotSharedException if this is not the launcher's store
   */
  public TieredStore open() throws IOException {
    proof.check(policy.home());
    return policy.open();
  }
}
