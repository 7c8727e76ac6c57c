package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.Delivery;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The indexes of datasets in a store: each is kept by a pin that tells of what it is. */
public final class Indexes {
  private static final String PREFIX = "index of ";
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  private final LocalStore store;

  public Indexes(LocalStore store) {
    this.store = store;
  }

  /** Why the index of a dataset is pinned. */
  static String why(Cid dataset) {
    return PREFIX + dataset;
  }

  /** True if a pin is that of an index. */
  public static boolean is(Pin pin) {
    return pin.why().startsWith(PREFIX);
  }

  /** All indexes. */
  public List<Cid> all() throws IOException {
    return pinned(pin -> true);
  }

  /** The indexes of datasets: several of one if they are of other formats or machines. */
  public List<Cid> of(Set<Cid> datasets) throws IOException {
    Set<String> reasons = reasons(datasets);
    return pinned(pin -> reasons.contains(pin.why()));
  }

  /** The indexes of datasets that are not among these. */
  public List<Cid> ofOthers(Set<Cid> datasets) throws IOException {
    Set<String> reasons = reasons(datasets);
    return pinned(pin -> !reasons.contains(pin.why()));
  }

  private static Set<String> reasons(Set<Cid> datasets) {
    return datasets.stream().map(Indexes::why).collect(Collectors.toSet());
  }

  private List<Cid> pinned(Predicate<Pin> wanted) throws IOException {
    return store.pins().list().stream().filter(Indexes::is).filter(wanted).map(Pin::cid).toList();
  }

  /** Lets an index go, at the node first: where that does not answer nothing has changed. */
  public static void letGo(TieredStore tiers, Cid index) throws IOException {
    new Delivery(tiers).withdraw(index);
    tiers.local().outbox().remove(index);
    tiers.local().pins().remove(index);
  }

  /** Lets go of indexes whose datasets are not in the store any more. */
  public void releaseOrphans() throws IOException {
    for (Pin pin : store.pins().list()) {
      if (is(pin) && !store.has(Cid.parse(pin.why().substring(PREFIX.length())))) {
        store.pins().remove(pin.cid());
      }
    }
  }

  /** An index of a dataset that this version of Cairn reads; empty if there is none. */
  public Optional<Cid> usable(Cid dataset) throws IOException {
    for (Cid index : of(Set.of(dataset))) {
      try {
        IndexManifest.read(store, index);
        return Optional.of(index);
      } catch (MalformedContentException e) {
        LOG.info("An index is passed over: {}", e.getMessage());
      }
    }
    return Optional.empty();
  }
}
