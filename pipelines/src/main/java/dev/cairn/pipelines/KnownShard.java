package dev.cairn.pipelines;

import dev.cairn.io.dataset.DataFile;
import java.util.Map;
import java.util.SortedMap;

/**
 * A shard whose files are in the store.
 *
 * @param key its action key
 * @param tables its files by table; their paths are those in the dataset
 * @param tokens of all its chunks
 * @param embeddedChunks chunks whose vectors were computed for it, as far as is known
 * @param embeddedTokens of these
 * @param failures its dead letters by code
 */
record KnownShard(
    String key,
    SortedMap<String, DataFile> tables,
    long tokens,
    long embeddedChunks,
    long embeddedTokens,
    Map<String, Long> failures) {

  /** The same with other files. */
  KnownShard withTables(SortedMap<String, DataFile> others) {
    return new KnownShard(key, others, tokens, embeddedChunks, embeddedTokens, failures);
  }

  long rows(String table) {
    DataFile file = tables.get(table);
    return file == null ? 0 : file.rows();
  }

  long bytes() {
    return tables.values().stream().mapToLong(DataFile::bytes).sum();
  }
}
