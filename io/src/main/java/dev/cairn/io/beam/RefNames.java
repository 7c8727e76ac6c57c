package dev.cairn.io.beam;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.tier.TieredStore;
import java.io.IOException;

/** Refs of the local store by their names; another resolver is asked for all other names. */
final class RefNames implements NameResolver {
  private final TieredStore store;
  private final NameResolver others;

  RefNames(TieredStore store, NameResolver others) {
    this.store = store;
    this.others = others;
  }

  /** The dataset of a ref, also some commits back ({@code caselaw@{1}}). */
  @Override
  public Cid resolve(String name) throws IOException {
    Target target;
    try {
      target = Target.parse(name);
    } catch (TargetNotFoundException e) {
      return others.resolve(name);
    }
    return target.isSetRef(store.local().refs())
        ? target.commit(store.local().refs(), store).dataset()
        : others.resolve(name);
  }
}
