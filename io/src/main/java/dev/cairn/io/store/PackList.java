package dev.cairn.io.store;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The packs of a home at one moment, and the runs over them. Immutable.
 *
 * @param names of all packs; none before they are first listed
 * @param loose names of packs that no run covers
 * @param runs open runs; who uses them sees to it that they stay open
 * @param condemned names of packs that are to go, as they were when this process began to write, or
 *     later; some may be gone
 */
record PackList(PackNames names, Set<String> loose, List<IndexRun> runs, Set<String> condemned) {
  static final PackList EMPTY = of(PackNames.NONE, List.of(), Set.of());

  static PackList of(PackNames names, List<IndexRun> runs, Set<String> condemned) {
    PackNames left = names;
    for (IndexRun run : runs) {
      left = left.without(run.packs());
    }
    // Every look-up goes over them, so these few are kept as they are asked for.
    Set<String> loose = Collections.unmodifiableSet(new HashSet<>(left));
    return new PackList(names, loose, List.copyOf(runs), condemned);
  }

  /** The same with other packs to go. */
  PackList condemning(Set<String> packs) {
    return new PackList(names, loose, runs, packs);
  }

  /** True if the pack was there and may be counted on. */
  boolean stays(String name) {
    return names.contains(name) && !condemned.contains(name);
  }
}
