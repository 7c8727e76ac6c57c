package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a ref may be: positions that stay for good, and what may follow them. */
final class SimRef {
  private final List<Cid> kept = new ArrayList<>();
  private final Map<Long, Set<Cid>> tried = new HashMap<>();

  /** A move to this position begins. */
  void tries(long number, Cid commit) {
    tried.computeIfAbsent(number, n -> new HashSet<>()).add(commit);
  }

  /** The number of positions that stay. */
  int kept() {
    return kept.size();
  }

  /** Checks a position that was seen. */
  void check(Ref seen) {
    long number = seen.number();
    boolean known =
        number <= kept.size()
            ? kept.get((int) number - 1).equals(seen.commit())
            : tried.getOrDefault(number, Set.of()).contains(seen.commit());
    if (!known) {
      throw new AssertionError("ref is at what nobody moved it to: " + seen);
    }
  }

  /** Checks all that is there, the present position first. */
  void checkHistory(List<Ref> history) {
    if (history.size() < kept.size()) {
      throw new AssertionError("ref moved back: " + history + " of " + kept);
    }
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).number() != history.size() - i) {
        throw new AssertionError("ref has a gap: " + history);
      }
      check(history.get(i));
    }
  }

  /**
   * A move was acknowledged: it and all before it stay.
   *
   * @return commits that stay from now on
   */
  List<Cid> keep(Ref moved, List<Ref> history) {
    checkHistory(history);
    List<Cid> more = new ArrayList<>();
    for (int i = kept.size(); i < moved.number(); i++) {
      more.add(history.get(history.size() - 1 - i).commit());
    }
    kept.addAll(more);
    if (!kept.get((int) moved.number() - 1).equals(moved.commit())) {
      throw new AssertionError("two moved a ref to one position: " + moved + " of " + kept);
    }
    return more;
  }
}
