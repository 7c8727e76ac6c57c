package dev.cairn.io.store;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the store of one history must hold, from what it acknowledged. */
final class SimModel {
  static final String PINNED = "PERSISTENT";

  /** As {@link Mark}, less what stamps are rounded by. */
  private static final Duration ACTION_AGE = Duration.ofDays(14).minusSeconds(5);

  /** Moves of refs that were tried, successfully or not. */
  final List<Attempt> attempts = new ArrayList<>();

  /** Commits that more than one tries to move a ref to. */
  final Set<Cid> repeated = new HashSet<>();

  final SimHeld held = new SimHeld();
  final SimDags dags;
  private final SimWorld world;
  private final Map<Cid, SimFact> pins = new HashMap<>();
  private final Map<String, SimFact> actions = new TreeMap<>();
  private final Map<String, Long> ends = new HashMap<>();
  private final Map<String, List<Cid>> objects = new HashMap<>();
  private final Map<String, SimRef> refs = new TreeMap<>();
  private final List<List<SimFact.Change>> collections = new ArrayList<>();
  private final List<Cid> past = new ArrayList<>();
  private boolean rotten;
  private int made;

  /** A move of a ref from where it was expected, null for nowhere. */
  record Attempt(String ref, @Nullable Ref expected, Cid commit) {}

  SimModel(SimWorld world, SimDags dags) {
    this.world = world;
    this.dags = dags;
  }

  SimFact pin(Cid root) {
    return pins.computeIfAbsent(
        root,
        r -> new SimFact(held, kind -> kind.equals(PINNED) ? dags.below(root) : List.<Cid>of()));
  }

  SimFact action(String key) {
    return actions.computeIfAbsent(key, k -> new SimFact(held, this::needs));
  }

  SimRef ref(String name) {
    return refs.computeIfAbsent(name, n -> new SimRef());
  }

  Set<Cid> pinsMet() {
    return pins.keySet();
  }

  Set<String> actionsMet() {
    return actions.keySet();
  }

  Set<String> refsMet() {
    return refs.keySet();
  }

  /** A new value of an action, which names these objects and is kept from now for its time. */
  String newValue(List<Cid> named) {
    String value = "value " + ++made;
    objects.put(value, named);
    ends.put(value, world.nanos() + ACTION_AGE.toNanos());
    return value;
  }

  /** Lets actions grow old: those that did may be gone. */
  void age() {
    for (SimFact action : actions.values()) {
      boolean old =
          action.possible().stream()
              .anyMatch(value -> ends.getOrDefault(value, Long.MAX_VALUE) <= world.nanos());
      if (old) {
        action.maybe(SimFact.ABSENT);
        collections.forEach(changes -> changes.add(action.begin(SimFact.ABSENT)));
      }
    }
  }

  /** A collection begins: old actions go, and with one perhaps what replaces it meanwhile. */
  List<SimFact.Change> forgetOldActions() {
    List<SimFact.Change> changes = new ArrayList<>();
    for (String key : actions.keySet()) {
      if (!action(key).isSettled() || action(key).allows(SimFact.ABSENT)) {
        changes.add(action(key).begin(SimFact.ABSENT));
      }
    }
    collections.add(changes);
    return changes;
  }

  /** A collection ended. */
  void collected(List<SimFact.Change> changes) {
    changes.forEach(SimFact.Change::end);
    collections.removeIf(other -> other == changes);
  }

  /**
   * Bits flipped: what only actions name may be gone, and they with it. So may a dataset that no
   * ref names now: one whose root cannot be found counts as dropped.
   */
  void rot() {
    rotten = true;
    actions.values().forEach(action -> action.maybe(SimFact.ABSENT));
    held.release(past);
    past.clear();
  }

  boolean isRotten() {
    return rotten;
  }

  private Collection<Cid> needs(String value) {
    Set<Cid> blocks = new LinkedHashSet<>();
    objects.getOrDefault(value, List.of()).forEach(root -> blocks.addAll(dags.below(root)));
    return blocks;
  }

  /** The objects that an action of this value names. */
  List<Cid> objects(String value) {
    return objects.getOrDefault(value, List.of());
  }

  /** A commit that nobody made before. */
  Block newCommit(Cid dataset, @Nullable Cid parent) {
    Block block =
        Commit.of(dataset, parent, world.now(), "run-" + ++made, Map.of("blocks", (long) made))
            .toBlock();
    dags.add(block);
    return block;
  }

  /** Notes that a ref was moved; that may tell of moves before it which nobody acknowledged. */
  void moved(Ref ref, List<Ref> history) {
    for (Cid commit : ref(ref.name()).keep(ref, history)) {
      held.hold(List.of(commit));
      held.hold(dags.below(commit));
      past.addAll(dags.below(commit));
    }
  }

  /** All blocks that pins and commits as they were found keep. */
  Set<Cid> reached(Collection<Pin> foundPins, Collection<Ref> foundRefs) {
    List<Cid> roots = new ArrayList<>();
    foundPins.stream()
        .filter(p -> p.kind() == Pin.Kind.PERSISTENT)
        .forEach(p -> roots.add(p.cid()));
    foundRefs.forEach(ref -> roots.add(ref.commit()));
    Set<Cid> blocks = new LinkedHashSet<>();
    roots.forEach(root -> blocks.addAll(dags.below(root)));
    return blocks;
  }
}
