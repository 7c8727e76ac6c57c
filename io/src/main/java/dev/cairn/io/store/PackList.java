package dev.cairn.io.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The packs of a home at one moment, and the runs over them. Immutable.
 *
 * @param names of all packs
 * @param loose names of packs that no run covers
 * @param runs open runs; who uses them sees to it that they stay open
 * @param condemned names of packs that are to go, as they were when this process began to write, or
 *     later; some may be gone
 */
record PackList(Set<String> names, Set<String> loose, List<IndexRun> runs, Set<String> condemned) {
  static final PackList EMPTY = new PackList(Set.of(), Set.of(), List.of(), Set.of());

  static PackList of(Set<String> names, List<IndexRun> runs, Set<String> condemned) {
    Set<String> loose = new HashSet<>(names);
    for (IndexRun run : runs) {
      run.packs().forEach(loose::remove);
    }
    return new PackList(names, Collections.unmodifiableSet(loose), List.copyOf(runs), condemned);
  }

  /** True if the pack was there and may be counted on. */
  boolean stays(String name) {
    return names.contains(name) && !condemned.contains(name);
  }

  /** Packs that no run covers and that {@code before} did not have, or had in a run. */
  List<String> looseSince(PackList before) {
    List<String> since = new ArrayList<>(loose);
    since.removeIf(before.loose::contains);
    return since;
  }
}
