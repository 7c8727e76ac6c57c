package dev.cairn.pipelines.history;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.Actions;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.DatasetCommit;
import dev.cairn.pipelines.DatasetIds;
import dev.cairn.pipelines.DatasetPin;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.Indexes;
import dev.cairn.pipelines.Manifests;
import dev.cairn.pipelines.PresentDataset;
import dev.cairn.pipelines.RemoteIdentity;
import dev.cairn.pipelines.search.SearchCache;
import dev.cairn.transforms.embed.AnsweredVectors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets records be forgotten: no later run takes them in, and the versions of all refs that hold
 * them are let go. A ref that names such a version is moved to the same dataset without them. What
 * was remembered of inputs, what was computed before, indexes and what search keeps go too, for
 * they may hold their texts; the vectors of all others stay in the datasets. Run again, it goes on
 * where it was stopped.
 */
public final class ForgetRun {
  private static final Logger LOG = LoggerFactory.getLogger(ForgetRun.class);

  private final TieredStore tiers;
  private final LocalStore store;

  /**
   * What was let go.
   *
   * @param commits whose datasets held one of the records
   * @param blocks that only these datasets had, as far as they are in the store: the next gc
   *     removes them
   * @param removedAtNode those of them that the node had, and has no more
   * @param pinned roots that are pinned for another reason than a commit, and may hold the records:
   *     inputs that were added, imports
   * @param pending true if a new dataset waits for the node
   */
  public record Result(
      List<Cid> commits, long blocks, long removedAtNode, List<Pin> pinned, boolean pending) {}

  public ForgetRun(TieredStore tiers) {
    this.tiers = tiers;
    this.store = tiers.local();
  }

  /** Forgets. */
  public Result forget(Set<String> ids, String reason) throws IOException {
    for (String id : ids) {
      store.forgotten().add(id, reason);
    }
    List<Cid> commits = new ArrayList<>();
    Set<Cid> dropped = new LinkedHashSet<>();
    boolean pending = false;
    for (String ref : store.refs().list()) {
      PresentDataset present = PresentDataset.of(store, ref);
      Set<String> held = present == null ? Set.of() : held(present.manifest(), ids);
      if (present != null && !held.isEmpty()) {
        pending |= replace(ref, present, held).isPending();
        dropped.add(present.dataset());
      }
      for (History.Version version : History.of(store, ref).versions()) {
        Cid dataset = version.commit().dataset();
        if (!version.dropped()
            && (dropped.contains(dataset)
                || !held(Manifests.read(store, dataset), ids).isEmpty())) {
          commits.add(version.cid());
          dropped.add(dataset);
        }
      }
    }
    Set<Cid> kept = kept(dropped);
    Set<Cid> needed = needed(kept);
    Set<Cid> blocks = new HashSet<>();
    for (Cid dataset : dropped) {
      blocks.addAll(blocks(dataset));
    }
    // Also indexes of datasets that no version holds: nobody could tell what words are in them.
    List<Cid> others = new Indexes(store).ofOthers(kept);
    for (Cid index : others) {
      blocks.addAll(blocks(index));
    }
    blocks.removeAll(needed);
    // Also those of versions that were let go before: by an earlier call that the node's failure
    // stopped, or by a prune, after which nobody has looked at what is left at the node.
    Set<Cid> atNode = blocksOfDropped();
    atNode.removeAll(needed);
    atNode.addAll(blocks);
    for (Cid index : others) {
      Indexes.letGo(tiers, index);
    }
    for (Cid dataset : dropped) {
      History.letGo(tiers, dataset);
    }
    long removed = new Delivery(tiers).remove(atNode);
    forgetActions();
    SearchCache.clear(store);
    AnsweredVectors.remove(store.cacheFolder(), Duration.ZERO);
    return new Result(commits, blocks.size(), removed, otherPins(), pending);
  }

  private Set<String> held(Manifest manifest, Set<String> ids) throws IOException {
    return new DatasetIds(store, manifest).find(ids);
  }

  private Receipt replace(String ref, PresentDataset present, Set<String> held) throws IOException {
    Cid without = new WithoutIds(store, held).write(present.dataset(), present.manifest());
    return new DatasetCommit(tiers, tiers.policy(), ref, EmbedRun.newName())
        .commit(present, without, Manifests.read(store, without).totals())
        .receipt();
  }

  /** Plans, unpacked inputs and finished shards: all may hold any record's text. */
  private void forgetActions() throws IOException {
    Actions actions = store.actions();
    actions.remove(actions.keys());
  }

  /** The datasets of all versions that stay. */
  private Set<Cid> kept(Set<Cid> dropped) throws IOException {
    Set<Cid> kept = new HashSet<>();
    for (String ref : store.refs().list()) {
      for (History.Version version : History.of(store, ref).versions()) {
        Cid dataset = version.commit().dataset();
        if (!version.dropped() && !dropped.contains(dataset)) {
          kept.add(dataset);
        }
      }
    }
    return kept;
  }

  /** Blocks of datasets and of their indexes. */
  private Set<Cid> needed(Set<Cid> kept) throws IOException {
    Set<Cid> needed = new HashSet<>();
    for (Cid dataset : kept) {
      needed.addAll(blocks(dataset));
    }
    for (Cid index : new Indexes(store).of(kept)) {
      needed.addAll(blocks(index));
    }
    return needed;
  }

  /**
   * Blocks of versions that were let go, as far as their structure can still be had. No text is
   * read for it: leaves are named by their parents.
   */
  private Set<Cid> blocksOfDropped() throws IOException {
    Set<Cid> blocks = new HashSet<>();
    for (String ref : store.refs().list()) {
      for (History.Version version : History.of(store, ref).versions()) {
        if (version.dropped()) {
          try {
            blocks.addAll(blocks(version.commit().dataset()));
          } catch (MissingBlockException e) {
            LOG.debug("Nothing of it is left: {}", version.cid(), e);
          }
        }
      }
    }
    return blocks;
  }

  private Set<Cid> blocks(Cid dataset) throws IOException {
    Set<Cid> blocks = new HashSet<>();
    DagWalk.skippingLeaves(tiers)
        .from(
            dataset,
            new DagWalk.Visitor() {
              @Override
              public void block(Block block) {
                blocks.add(block.cid());
              }

              @Override
              public void leaf(Cid cid) {
                blocks.add(cid);
              }
            });
    return blocks;
  }

  private List<Pin> otherPins() throws IOException {
    return store.pins().list().stream()
        .filter(pin -> !DatasetPin.is(pin) && !Indexes.is(pin) && !RemoteIdentity.isOf(pin))
        .toList();
  }
}
