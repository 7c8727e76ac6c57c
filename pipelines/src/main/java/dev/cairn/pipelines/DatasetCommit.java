package dev.cairn.pipelines;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.ParentMovedException;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Moves a ref to a dataset that is whole in the store, and delivers it to the node. */
public final class DatasetCommit {
  private final TieredStore tiers;
  private final LocalStore store;
  private final StorePolicy policy;
  private final String ref;
  private final String run;

  /**
   * What became of it.
   *
   * @param commit that the ref points at now
   * @param parent the commit before that
   */
  public record Done(Cid commit, @Nullable Cid parent, Receipt receipt) {}

  /**
   * A commit to make.
   *
   * @param run the name that the commit will have
   */
  public DatasetCommit(TieredStore tiers, StorePolicy policy, String ref, String run) {
    this.tiers = tiers;
    this.store = tiers.local();
    this.policy = policy;
    this.ref = ref;
    this.run = run;
  }

  /**
   * Commits. A dataset that the ref names already makes no commit; losing a race to an equal
   * dataset is success.
   *
   * @param present what the ref named when the run began, null if nothing
   * @throws ParentMovedException if the ref was moved to another dataset meanwhile
   */
  public Done commit(@Nullable PresentDataset present, Cid dataset, Map<String, Long> figures)
      throws IOException {
    if (present != null && present.dataset().equals(dataset)) {
      return upToDate(present);
    }
    Delivery delivery = new Delivery(tiers);
    if (policy.mode() == StorePolicy.Mode.KUBO) {
      delivery.deliver(dataset, ref);
    } else {
      delivery.queue(dataset, ref);
    }
    Cid commit = move(dataset, present == null ? null : present.commitCid(), figures);
    Cid parent = Commit.from(store.get(commit)).parent();
    return new Done(commit, parent, delivery.deliverIfMissing(dataset, ref));
  }

  /** Nothing to commit: what the ref names is delivered if it is not yet. */
  Done upToDate(PresentDataset present) throws IOException {
    Receipt receipt = new Delivery(tiers).deliverIfMissing(present.dataset(), ref);
    return new Done(present.commitCid(), present.commit().parent(), receipt);
  }

  private Cid move(Cid dataset, @Nullable Cid parent, Map<String, Long> figures)
      throws IOException {
    Commit commit = Commit.of(dataset, parent, Instant.now(), run, new TreeMap<>(figures));
    Block block = commit.toBlock();
    try (BlockWriter writer = store.newWriter()) {
      writer.put(block);
      writer.seal();
    }
    store.keep(dataset);
    store.dropped().remove(dataset);
    store.pins().add(dataset, Pin.Kind.PERSISTENT, DatasetPin.why(ref));
    try {
      store.refs().move(ref, parent, block.cid());
      return block.cid();
    } catch (ParentMovedException e) {
      PresentDataset winner = PresentDataset.of(store, ref);
      if (winner != null && winner.dataset().equals(dataset)) {
        return winner.commitCid();
      }
      throw e;
    }
  }
}
