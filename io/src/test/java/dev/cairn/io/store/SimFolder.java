package dev.cairn.io.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A folder of a {@link SimDisk}: its names as seen, as durable, and the changes between. */
final class SimFolder extends SimNode {
  private TreeMap<String, SimNode> seen = new TreeMap<>();
  private final TreeMap<String, SimNode> durable = new TreeMap<>();
  private final List<Change> unforced = new ArrayList<>();

  private record Change(String name, @Nullable SimNode node) {
    void apply(Map<String, SimNode> names) {
      if (node == null) {
        names.remove(name);
      } else {
        names.put(name, node);
      }
    }
  }

  Map<String, SimNode> names() {
    return seen;
  }

  /** Gives a name to a node, or takes it away. */
  void set(String name, @Nullable SimNode node, long now) {
    Change change = new Change(name, node);
    change.apply(seen);
    unforced.add(change);
    changed = now;
  }

  void force() {
    unforced.forEach(change -> change.apply(durable));
    unforced.clear();
  }

  /** Keeps each change that was not forced with this probability. */
  void lose(SplittableRandom random, double kept) {
    for (Change change : unforced) {
      if (random.nextDouble() < kept) {
        change.apply(durable);
      }
    }
    unforced.clear();
    seen = new TreeMap<>(durable);
  }
}
