package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.io.Serializable;

/** The store as a worker gets it: the launcher's policy, and the proof that it is the same one. */
public interface WorkerStore extends Serializable {
  /** The store of a worker in the launcher's own process. */
  static WorkerStore here(StorePolicy policy) {
    return new FolderOfWorkers(policy, StoreProof.none());
  }

  /**
   * The store of workers that see the launcher's folder.
   *
   * @param proof that the folder there is the launcher's
   */
  static WorkerStore inFolder(StorePolicy policy, StoreProof proof) {
    return new FolderOfWorkers(policy, proof);
  }

  /**
   * The store of workers that share no more than the policy's node with the launcher.
   *
   * @param run to which the launcher lent the word, among other things
   * @param word that proves that the node there is the launcher's
   */
  static WorkerStore atNode(StorePolicy policy, String run, NodeWord word) {
    return new NodeOfWorkers(policy, run, word);
  }

  /**
   * Opens it; the worker closes it.
   *
   * @throws StoreNotSharedException if this is not the launcher's store
   */
  WorkStore open() throws IOException;
}
