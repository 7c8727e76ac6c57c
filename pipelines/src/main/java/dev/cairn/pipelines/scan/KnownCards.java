package dev.cairn.pipelines.scan;

import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.hub.HubKind;
import dev.cairn.transforms.hub.HubTables;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cards of the scan before: a repository at the same commit has the same card. Holds those of
 * one shard; asked in the order of ids it reads each shard once.
 */
final class KnownCards {
  private static final TableSchema COLUMNS =
      HubTables.REPOSITORIES.project(List.of("id", "sha", "card"));

  private final LocalStore store;
  private final List<Shard> shards;
  private int at = -1;
  private Map<String, @Nullable String> cards = new HashMap<>();

  KnownCards(LocalStore store, @Nullable Manifest previous) {
    this.store = store;
    boolean had = previous != null && Boolean.TRUE.equals(previous.settings().get("cards"));
    this.shards = previous == null || !had ? List.of() : previous.shards();
  }

  /** True if it is known whether a repository has a card at a commit, and which. */
  boolean knows(String id, String sha) throws IOException {
    return shardOf(id).containsKey(key(id, sha));
  }

  /** The card of a repository at a commit, null if it is known to have none. */
  @Nullable String card(String id, String sha) throws IOException {
    return shardOf(id).get(key(id, sha));
  }

  private Map<String, @Nullable String> shardOf(String id) throws IOException {
    int shard = Math.max(at, 0);
    while (shard < shards.size() && endsBefore(shards.get(shard), id)) {
      shard++;
    }
    if (shard == shards.size()) {
      return Map.of();
    }
    if (shard != at) {
      at = shard;
      cards = read(shards.get(shard));
    }
    return cards;
  }

  private static boolean endsBefore(Shard shard, String id) {
    return shard.boundary() != null && KeyOrder.INSTANCE.compare(shard.boundary(), id) < 0;
  }

  private Map<String, @Nullable String> read(Shard shard) throws IOException {
    // Of a shard with dead letters it is not known whether there is no card or it was not had.
    boolean sure = !shard.tables().containsKey(DeadLetter.TABLE);
    Map<String, @Nullable String> found = new HashMap<>();
    for (HubKind kind : HubKind.values()) {
      DataFile file = shard.tables().get(HubTables.nameOf(kind));
      if (file != null && store.isWhole(file.cid())) {
        try (ParquetTableReader rows =
            ParquetTableReader.open(new UnixFs(store).open(file.cid()), COLUMNS)) {
          for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            if (row[1] instanceof String sha && (sure || row[2] != null)) {
              found.put(key(String.valueOf(row[0]), sha), (String) row[2]);
            }
          }
        }
      }
    }
    return found;
  }

  private static String key(String id, String sha) {
    return id + "@" + sha;
  }
}
