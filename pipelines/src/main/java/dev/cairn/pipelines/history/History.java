package dev.cairn.pipelines.history;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Ref;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.Indexes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A ref's commits, the newest first.
 *
 * @param versions all of them, as far back as the store knows
 */
public record History(String ref, List<Version> versions) {
  /**
   * A commit.
   *
   * @param dropped true if its dataset was let go, or is not in the store any more
   */
  public record Version(Cid cid, Commit commit, boolean dropped) {}

  /**
   * The history of a ref.
   *
   * @throws TargetNotFoundException if it is not set
   */
  public static History of(LocalStore store, String ref) throws IOException {
    Ref current = Ref.isName(ref) ? store.refs().current(ref) : null;
    if (current == null) {
      throw new TargetNotFoundException(ref, "a ref (see cairn refs)");
    }
    return from(store, ref, current.commit());
  }

  /** The history before a commit, itself first. */
  public static History from(LocalStore store, String ref, Cid start) throws IOException {
    List<Version> versions = new ArrayList<>();
    Cid next = start;
    while (next != null && (versions.isEmpty() || store.has(next))) {
      Block block = store.get(next);
      Commit commit = Commit.from(block);
      versions.add(new Version(next, commit, isDropped(store, commit.dataset())));
      next = commit.parent();
    }
    return new History(ref, List.copyOf(versions));
  }

  /**
   * Lets a version go: here and at the node nothing holds its dataset and its indexes any more but
   * what else names them. The node comes first: where it does not answer nothing has changed.
   */
  static void letGo(TieredStore tiers, Cid dataset) throws IOException {
    new Delivery(tiers).withdraw(dataset);
    for (Cid index : new Indexes(tiers.local()).of(Set.of(dataset))) {
      Indexes.letGo(tiers, index);
    }
    tiers.local().outbox().remove(dataset);
    tiers.local().dropped().add(dataset);
    tiers.local().pins().remove(dataset);
  }

  private static boolean isDropped(LocalStore store, Cid dataset) throws IOException {
    return !store.has(dataset) || store.dropped().contains(dataset);
  }
}
