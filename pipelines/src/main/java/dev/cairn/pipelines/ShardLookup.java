package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds shards that need not be computed: those of the ref's present dataset, and those that any
 * run finished, even one that was killed. A shard that is not whole in the store is not found.
 */
final class ShardLookup {
  private static final String SUFFIX = ".parquet";

  private final LocalStore store;
  private final UnixFs files;
  private final Map<String, Shard> previous = new HashMap<>();

  ShardLookup(LocalStore store, @Nullable Manifest previous) {
    this.store = store;
    this.files = new UnixFs(store);
    if (previous != null) {
      previous.shards().forEach(shard -> this.previous.put(shard.key(), shard));
    }
  }

  /** The shard of the first of several keys that is known. */
  Optional<KnownShard> find(List<String> keys, @Nullable String boundary) throws IOException {
    for (String key : keys) {
      Optional<KnownShard> found = find(key, boundary);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  Optional<KnownShard> find(String key, @Nullable String boundary) throws IOException {
    Optional<KnownShard> computed = fromAction(key, boundary);
    return computed.isPresent() ? computed : fromPrevious(key);
  }

  private Optional<KnownShard> fromAction(String key, @Nullable String boundary)
      throws IOException {
    Optional<String> action = store.wholeAction(ShardReceipt.action(key));
    if (action.isEmpty()) {
      return Optional.empty();
    }
    ShardReceipt receipt = ShardReceipt.fromJson(key, action.get());
    Cid folder = Cid.parse(receipt.getShard());
    SortedMap<String, DataFile> tables = new TreeMap<>();
    Listing entries = files.list(folder);
    while (entries.hasNext()) {
      DirEntry entry = entries.next();
      String table = entry.name().substring(0, entry.name().length() - SUFFIX.length());
      String path = DataFile.pathOf(table, Shard.nameOf(boundary));
      long bytes = files.stat(entry.cid()).size();
      tables.put(table, new DataFile(path, entry.cid(), rows(receipt, table), bytes));
    }
    return Optional.of(
        new KnownShard(
            key,
            tables,
            receipt.getTokens(),
            receipt.getEmbeddedChunks(),
            receipt.getEmbeddedTokens(),
            receipt.getErrors()));
  }

  private static long rows(ShardReceipt receipt, String table) throws MalformedContentException {
    return switch (table) {
      case ShardReceipt.DOCUMENTS -> receipt.getDocuments();
      case ShardReceipt.CHUNKS -> receipt.getChunks();
      case DeadLetter.TABLE -> receipt.getErrors().values().stream().mapToLong(n -> n).sum();
      default -> {
        Long rows = receipt.getSideRows().get(table);
        if (rows == null) {
          throw new MalformedContentException(
              "Cannot read shard: table " + table + " (a known one)");
        }
        yield rows;
      }
    };
  }

  private Optional<KnownShard> fromPrevious(String key) throws IOException {
    Shard shard = previous.get(key);
    if (shard == null) {
      return Optional.empty();
    }
    for (DataFile file : shard.tables().values()) {
      if (!store.isWhole(file.cid())) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new KnownShard(
            key,
            shard.tables(),
            ChunkTokens.in(files, shard.tables().get(ShardReceipt.CHUNKS)),
            0,
            0,
            failures(shard)));
  }

  private Map<String, Long> failures(Shard shard) throws IOException {
    DataFile errors = shard.tables().get(DeadLetter.TABLE);
    Map<String, Long> failures = new TreeMap<>();
    if (errors != null) {
      ErrorFile.read(files, errors, letter -> failures.merge(letter.code(), 1L, Long::sum));
    }
    return failures;
  }
}
