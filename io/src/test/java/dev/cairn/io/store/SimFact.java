package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a pin or an action may be now: one value if the last change was acknowledged and no other
 * crossed it, several otherwise. As long as it is sure, its blocks are held.
 */
final class SimFact {
  static final String ABSENT = "";

  private final SimHeld held;
  private final Function<String, Collection<Cid>> needs;
  private final Set<String> possible = new HashSet<>(Set.of(ABSENT));
  private final List<Change> underWay = new ArrayList<>();
  private int changes;
  private Collection<Cid> holding = List.of();

  /**
   * A fact that is absent.
   *
   * @param needs the blocks that a value keeps
   */
  SimFact(SimHeld held, Function<String, Collection<Cid>> needs) {
    this.held = held;
    this.needs = needs;
  }

  /** A change that has begun. */
  final class Change {
    private final String value;
    private boolean crossed;

    private Change(String value) {
      this.value = value;
    }

    /** It was acknowledged. */
    void acknowledge() {
      underWay.remove(this);
      if (!crossed) {
        possible.clear();
        possible.add(value);
        settle();
      }
    }

    /** It failed or was cut off; after an acknowledgement this does nothing. */
    void end() {
      underWay.remove(this);
    }
  }

  Change begin(String value) {
    changes++;
    Change change = new Change(value);
    for (Change other : underWay) {
      if (!other.value.equals(value)) {
        other.crossed = true;
        change.crossed = true;
      }
    }
    underWay.add(change);
    maybe(value);
    return change;
  }

  /** It may have become this by itself. */
  void maybe(String value) {
    if (possible.add(value)) {
      settle();
    }
  }

  /** How many changes have begun. */
  int changes() {
    return changes;
  }

  /** True if no change is under way. */
  boolean isSettled() {
    return underWay.isEmpty();
  }

  /** All that it may be. */
  Set<String> possible() {
    return Set.copyOf(possible);
  }

  boolean allows(String value) {
    return possible.contains(value);
  }

  private void settle() {
    held.release(holding);
    holding = possible.size() == 1 ? needs.apply(possible.iterator().next()) : List.of();
    held.hold(holding);
  }

  @Override
  public String toString() {
    return possible.toString();
  }
}
