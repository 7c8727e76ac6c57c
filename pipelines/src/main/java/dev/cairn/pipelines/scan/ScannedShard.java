package dev.cairn.pipelines.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.DataFile;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a shard of repositories that are in the store.
 *
 * @param tables by name; without popularity, which is never the same
 * @param failures its dead letters by code
 */
record ScannedShard(SortedMap<String, DataFile> tables, Map<String, Long> failures) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The text of its action; of a shard without dead letters, which are tried again. */
  String toJson() {
    ObjectNode files = JSON.createObjectNode();
    tables.forEach(
        (table, file) ->
            files
                .putObject(table)
                .put("cid", file.cid().toString())
                .put("rows", file.rows())
                .put("bytes", file.bytes()));
    return files.toString();
  }

  /** Reads it; the files are named for the shard {@code name}. */
  static ScannedShard fromJson(String json, String name) throws MalformedContentException {
    SortedMap<String, DataFile> tables = new TreeMap<>();
    try {
      JsonNode files = JSON.readTree(json);
      for (Map.Entry<String, JsonNode> table : files.properties()) {
        JsonNode file = table.getValue();
        tables.put(
            table.getKey(),
            new DataFile(
                DataFile.pathOf(table.getKey(), name),
                Cid.parse(file.path("cid").asText()),
                file.path("rows").asLong(),
                file.path("bytes").asLong()));
      }
    } catch (JsonProcessingException e) {
      throw new MalformedContentException("Cannot read shard: " + json + " (as written)", e);
    }
    return new ScannedShard(tables, Map.of());
  }
}
