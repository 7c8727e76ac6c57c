package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/** Where a run's workers find what they need, and where the launcher finds what they did. */
interface Workplace {
  /** The workplace of a run. */
  static Workplace of(StorePolicy policy, Sharing sharing, TieredStore tiers, RunFolder folder)
      throws IOException {
    return sharing == Sharing.NODE
        ? new NodeWorkplace(policy, tiers, folder)
        : new FolderWorkplace(policy, folder);
  }

  /**
   * Makes ready for a job.
   *
   * @param needed roots that its workers read, by what they are to the run
   * @return what they open
   */
  WorkerStore open(Map<String, Cid> needed) throws IOException;

  /** Brings actions into the local store, as far as workers elsewhere have finished them. */
  void collect(Collection<String> actions) throws IOException;

  /** Where workers tell how far they are, empty for nowhere. */
  String progressFolder();

  /**
   * The tokens that a job's workers have embedded, as far as is known.
   *
   * @param shards action keys of the job's shards
   */
  long tokens(String job, Collection<String> shards) throws IOException;

  /** Says that no worker is left that could look for what was opened. */
  void done() throws IOException;
}
