package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.KeyOrder;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for ids in a dataset: only the shards that may hold them are read, and of them the ids. */
public final class DatasetIds {
  private static final TableSchema ID =
      TableSchema.builder().column("id", ColumnType.string(), true).build();

  private final UnixFs files;
  private final Manifest manifest;

  public DatasetIds(BlockStore store, Manifest manifest) {
    this.files = new UnixFs(store);
    this.manifest = manifest;
  }

  /** Those of {@code ids} that are documents of the dataset. */
  public Set<String> find(Collection<String> ids) throws IOException {
    Map<Shard, Set<String>> wanted = new LinkedHashMap<>();
    for (String id : ids) {
      Shard shard = shardOf(id);
      if (shard != null) {
        wanted.computeIfAbsent(shard, s -> new HashSet<>()).add(id);
      }
    }
    Set<String> found = new HashSet<>();
    for (Map.Entry<Shard, Set<String>> entry : wanted.entrySet()) {
      found.addAll(in(entry.getKey().tables().get(ShardReceipt.DOCUMENTS), entry.getValue()));
    }
    return found;
  }

  private @Nullable Shard shardOf(String id) {
    for (Shard shard : manifest.shards()) {
      String boundary = shard.boundary();
      if (boundary == null || KeyOrder.INSTANCE.compare(id, boundary) <= 0) {
        return shard;
      }
    }
    return null;
  }

  private Set<String> in(@Nullable DataFile documents, Set<String> wanted) throws IOException {
    Set<String> found = new HashSet<>();
    if (documents != null) {
      try (ParquetTableReader rows = ParquetTableReader.open(files.open(documents.cid()), ID)) {
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
          String id = String.valueOf(row[0]);
          if (wanted.contains(id)) {
            found.add(id);
          }
        }
      }
    }
    return found;
  }
}
