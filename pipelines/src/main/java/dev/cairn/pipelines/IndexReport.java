package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run made that indexed a dataset.
 *
 * @param index its root
 * @param dataset that it is of
 * @param chunks in it
 * @param groups of the dataset's shards
 * @param computed those of them that were indexed now
 * @param bytesWritten of their blocks
 * @param seconds that it took
 * @param receipt what became of it at the node
 */
public record IndexReport(
    Cid index,
    Cid dataset,
    long chunks,
    int groups,
    int computed,
    long bytesWritten,
    double seconds,
    Receipt receipt) {

  /** The report's fields by their names in JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("index", index.toString());
    fields.put("dataset", dataset.toString());
    fields.put("chunks", chunks);
    fields.put("groups", new RunReport.Shards(groups, computed, groups - computed).toMap());
    fields.put("bytes_written", bytesWritten);
    fields.put("seconds", seconds);
    fields.put("delivery", receipt.node().toString());
    return fields;
  }
}
