package dev.cairn.pipelines.scan;

import dev.cairn.io.store.tier.Receipt;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.pipelines.VersionReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a scan did, in the words of cli.md.
 *
 * @param dataset its CID
 * @param records repositories in it
 * @param duplicates records of repositories that were listed before, which are left out
 * @param pages that the listing had
 * @param complete true if the listing was read to its end
 * @param deadLetters what could not be read
 * @param cards that were asked for
 * @param isUnchanged true if the ref's dataset is this one already
 */
public record ScanReport(
    String dataset,
    String commit,
    @Nullable String parent,
    String ref,
    long records,
    long duplicates,
    int pages,
    boolean complete,
    long deadLetters,
    long cards,
    long bytesWritten,
    double seconds,
    StorePolicy policy,
    Receipt.State delivery,
    boolean isUnchanged)
    implements VersionReport {

  /** True if the node should have the dataset and has not. */
  public boolean isPending() {
    return delivery.isPending();
  }

  @Override
  public long rows() {
    return records;
  }

  /** A scan is done by its launcher alone. */
  @Override
  public Map<String, Object> metrics() {
    return Map.of();
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("dataset", dataset);
    fields.put("commit", commit);
    if (parent != null) {
      fields.put("parent", parent);
    }
    fields.put("ref", ref);
    fields.put("records", records);
    fields.put("duplicates", duplicates);
    fields.put("pages", pages);
    fields.put("complete", complete);
    fields.put("dead_letters", deadLetters);
    fields.put("cards_fetched", cards);
    fields.put("bytes_written", bytesWritten);
    fields.put("seconds", seconds);
    fields.put("store", Map.of("mode", policy.mode().toString(), "reason", policy.reason()));
    fields.put("delivery", delivery.toString());
    return fields;
  }
}
