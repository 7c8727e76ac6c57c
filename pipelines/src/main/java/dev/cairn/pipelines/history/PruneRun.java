package dev.cairn.pipelines.history;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.DatasetPin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets go of old versions of a ref's dataset: they are marked as dropped, their pins are taken away
 * here and at the node, and a gc removes what no other version has. A version that is pinned for
 * another reason stays. Commits stay: they are small, and tell what there was.
 */
public final class PruneRun {
  private final TieredStore tiers;

  public PruneRun(TieredStore tiers) {
    this.tiers = tiers;
  }

  /**
   * Prunes.
   *
   * @param dryRun true to change nothing
   * @return the versions that are let go, the newest first
   */
  public List<History.Version> prune(String ref, Retention retention, boolean dryRun)
      throws IOException {
    LocalStore store = tiers.local();
    List<History.Version> versions = History.of(store, ref).versions();
    Set<Integer> kept =
        retention.kept(versions.stream().map(version -> version.commit().time()).toList());
    Set<Cid> needed = neededByOthers(ref);
    kept.forEach(i -> needed.add(versions.get(i).commit().dataset()));
    List<History.Version> dropped = new ArrayList<>();
    for (History.Version version : versions) {
      Cid dataset = version.commit().dataset();
      Pin pin = store.pins().get(dataset);
      boolean ours = pin == null || DatasetPin.is(pin);
      if (!needed.contains(dataset) && ours && !version.dropped()) {
        dropped.add(version);
        needed.add(dataset); // once
        if (!dryRun) {
          History.letGo(tiers, dataset);
        }
      }
    }
    return dropped;
  }

  /** The datasets of all other refs' histories: they have their own retention. */
  private Set<Cid> neededByOthers(String ref) throws IOException {
    Set<Cid> needed = new HashSet<>();
    for (String other : tiers.local().refs().list()) {
      if (!other.equals(ref)) {
        History.of(tiers.local(), other)
            .versions()
            .forEach(version -> needed.add(version.commit().dataset()));
      }
    }
    return needed;
  }
}
