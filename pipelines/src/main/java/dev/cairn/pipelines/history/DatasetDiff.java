package dev.cairn.pipelines.history;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.ErrorFile;
import dev.cairn.pipelines.Manifests;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one dataset to another, by id: a merge join of their tables in key order, in
 * which files that both have are not read. A record that only moved to another file did not change.
 * Memory: that of one row group of either, and the dead letters.
 */
public final class DatasetDiff {
  private static final String ID = "id";

  /** Where a record lies is not what it says. */
  private static final Set<String> ORIGIN = Set.of("source_cid", "source_path");

  /** Of a scan: what changes every day and makes no record look changed. */
  private static final String POPULARITY = "popularity";

  private final BlockStore store;
  private final Manifest before;
  private final Manifest after;

  /**
   * Compares two datasets.
   *
   * @throws dev.cairn.io.dataset.TargetNotFoundException if one is no dataset
   */
  public static DatasetDiff of(BlockStore store, Cid before, Cid after) throws IOException {
    return new DatasetDiff(store, Manifests.read(store, before), Manifests.read(store, after));
  }

  private DatasetDiff(BlockStore store, Manifest before, Manifest after) {
    this.store = store;
    this.before = before;
    this.after = after;
  }

  /** Tells all changes, by table in key order, failures last. */
  public void tell(Consumer<Change> changes) throws IOException {
    for (String table : tables()) {
      try (TableCursor old = cursor(before, table);
          TableCursor now = cursor(after, table)) {
        join(old, now, changes);
      }
    }
    failures(changes);
  }

  private Set<String> tables() {
    Set<String> all = new TreeSet<>();
    before.shards().forEach(shard -> all.addAll(shard.tables().keySet()));
    after.shards().forEach(shard -> all.addAll(shard.tables().keySet()));
    if (all.contains(ShardReceipt.DOCUMENTS)) {
      return Set.of(ShardReceipt.DOCUMENTS);
    }
    all.removeAll(Set.of(POPULARITY, DeadLetter.TABLE));
    return all;
  }

  private TableCursor cursor(Manifest manifest, String table) {
    return new TableCursor(new UnixFs(store), manifest.table(table), ID, ORIGIN);
  }

  private static void join(TableCursor old, TableCursor now, Consumer<Change> changes)
      throws IOException {
    while (true) {
      Cid file = old.fileStart();
      if (file != null && Objects.equals(now.fileStart(), file)) {
        old.skipFile();
        now.skipFile();
        continue;
      }
      TableCursor.Row a = old.peek();
      TableCursor.Row b = now.peek();
      if (a == null && b == null) {
        return;
      }
      int order = order(a, b);
      if (order <= 0) {
        old.take();
      }
      if (order >= 0) {
        now.take();
      }
      if (order < 0 && a != null) {
        changes.accept(new Change(a.id(), Change.Kind.DELETED, ""));
      } else if (order > 0 && b != null) {
        changes.accept(new Change(b.id(), Change.Kind.ADDED, ""));
      } else if (a != null && b != null && !Arrays.equals(a.content(), b.content())) {
        changes.accept(new Change(b.id(), Change.Kind.CHANGED, ""));
      }
    }
  }

  private static int order(TableCursor.@Nullable Row a, TableCursor.@Nullable Row b) {
    if (a == null || b == null) {
      return a == null ? 1 : -1;
    }
    return KeyOrder.INSTANCE.compare(a.id(), b.id());
  }

  private void failures(Consumer<Change> changes) throws IOException {
    Set<Change> known = new HashSet<>(failures(before));
    for (Change failure : failures(after)) {
      if (known.add(failure)) {
        changes.accept(failure);
      }
    }
  }

  private Set<Change> failures(Manifest manifest) throws IOException {
    Set<Change> failures = new LinkedHashSet<>();
    for (DataFile file : manifest.table(DeadLetter.TABLE)) {
      ErrorFile.read(
          new UnixFs(store),
          file,
          letter -> {
            String id = letter.id().isEmpty() ? letter.origin() : letter.id();
            failures.add(new Change(id, Change.Kind.FAILED, letter.code()));
          });
    }
    return failures;
  }
}
