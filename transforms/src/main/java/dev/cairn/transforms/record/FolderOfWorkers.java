package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;

/**
 * A folder that launcher and workers see under one path.
 *
 * @param policy the launcher's
 * @param proof that the folder here is the launcher's
 */
record FolderOfWorkers(StorePolicy policy, StoreProof proof) implements WorkerStore {
  private static final long serialVersionUID = 1L;

  @Override
  public WorkStore open() throws IOException {
    proof.check(policy.home());
    return WorkStore.inFolder(policy.open());
  }
}
