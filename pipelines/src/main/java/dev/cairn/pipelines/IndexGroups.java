package dev.cairn.pipelines;

import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DataFile;
import java.util.ArrayList;
import java.util.List;

/**
 * Which shards are indexed together. A graph is searched in about the same time whatever its size,
 * so many small ones are slow (measured: docs/search.md); but what is indexed together is indexed
 * again together. So a dataset has some {@link #GROUPS} groups, cut by content as shards are, and
 * what is appended to it reaches the last ones only. Where there are not many more shards than that
 * each is a group of its own.
 */
final class IndexGroups {
  /**
   * With 32, an append of 1 % took 3 % of the work and, on two cores, 6 % of the time, for the
   * largest group takes one core; with 64 1 % and 4.5 %.
   */
  static final int GROUPS = 64;

  private IndexGroups() {}

  /** The groups of a dataset's files of chunks, in their order. */
  static List<List<DataFile>> of(List<DataFile> files) {
    int size = size(files.size());
    // Groups of like size are searched quickest; between the bounds the content decides.
    int least = Math.max(1, size * 5 / 8);
    int most = size * 5 / 4;
    int oneIn = Math.max(1, (most - least) / 2);
    List<List<DataFile>> groups = new ArrayList<>();
    List<DataFile> group = new ArrayList<>();
    for (DataFile file : files) {
      group.add(file);
      if (group.size() >= most || (group.size() >= least && isEnd(file, oneIn))) {
        groups.add(group);
        group = new ArrayList<>();
      }
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }

  /**
   * About how many shards a group has: 1, 2, 3, 4, 6, 8, 12, ... In steps, so that a dataset that
   * grows keeps its groups for long.
   */
  static int size(int shards) {
    int size = 1;
    int step = 1;
    while ((size + step) * GROUPS <= shards) {
      size += step;
      step = Integer.highestOneBit(size) == size ? Math.max(1, size / 2) : step;
    }
    return size;
  }

  /** By the name, which is that of the shard's last key and not of what is in it. */
  private static boolean isEnd(DataFile file, int oneIn) {
    String hash = ActionKey.of("group").part(file.path()).hex();
    return Long.remainderUnsigned(Long.parseUnsignedLong(hash, 0, 16, 16), oneIn) == 0;
  }
}
