package dev.cairn.pipelines;

import dev.cairn.io.store.tier.Receipt;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run did, in the words of cli.md. Counts are of the whole dataset, but for {@code
 * embeddedChunks} and {@code embeddedTokens}: what was really computed. A dry run that has
 * something to compute does not know {@code chunks} and {@code tokens}: they are null.
 */
public record RunReport(
    @Nullable String dataset,
    @Nullable String commit,
    @Nullable String parent,
    String ref,
    long documents,
    @Nullable Long chunks,
    @Nullable Long tokens,
    long duplicates,
    long deadLetters,
    Shards shards,
    long embeddedChunks,
    long embeddedTokens,
    long bytesWritten,
    double seconds,
    String storeMode,
    String storeReason,
    Receipt.State delivery,
    Details details)
    implements VersionReport {

  /**
   * Shards of the dataset.
   *
   * @param total all
   * @param computed by this run
   * @param reused from earlier runs
   */
  public record Shards(int total, int computed, int reused) {
    Map<String, Object> toMap() {
      Map<String, Object> counts = new LinkedHashMap<>();
      counts.put("total", total);
      counts.put("computed", computed);
      counts.put("reused", reused);
      return counts;
    }
  }

  /**
   * How the run went.
   *
   * @param steps seconds of its steps, in their order
   * @param metrics what the workers told, as in {@link dev.cairn.transforms.embed.ShardMetrics};
   *     empty if there was nothing to do
   */
  public record Details(Map<String, Double> steps, Map<String, Object> metrics) {
    /** Nothing is known yet. */
    static final Details NONE = new Details(Map.of(), Map.of());
  }

  /** True also if it stopped before it made one. */
  @Override
  public boolean isUnchanged() {
    return shards.computed() == 0 && bytesWritten == 0;
  }

  @Override
  public long rows() {
    return documents;
  }

  @Override
  public Map<String, Object> metrics() {
    return details.metrics();
  }

  /** The same with how the run went. */
  RunReport detailed(Details how) {
    return with(delivery, how);
  }

  /** The same, once it is known what became of the dataset at the node. */
  RunReport delivered(Receipt receipt) {
    return with(receipt.node(), details);
  }

  private RunReport with(Receipt.State node, Details how) {
    return new RunReport(
        dataset,
        commit,
        parent,
        ref,
        documents,
        chunks,
        tokens,
        duplicates,
        deadLetters,
        shards,
        embeddedChunks,
        embeddedTokens,
        bytesWritten,
        seconds,
        storeMode,
        storeReason,
        node,
        how);
  }

  /** True if the node should have the dataset and has not. */
  public boolean isPending() {
    return delivery.isPending();
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> fields = new LinkedHashMap<>();
    putPresent(fields, "dataset", dataset);
    putPresent(fields, "commit", commit);
    putPresent(fields, "parent", parent);
    fields.put("ref", ref);
    fields.put("documents", documents);
    putPresent(fields, "chunks", chunks);
    putPresent(fields, "tokens", tokens);
    fields.put("duplicates", duplicates);
    fields.put("dead_letters", deadLetters);
    fields.put("shards", shards.toMap());
    fields.put("embedded_chunks", embeddedChunks);
    fields.put("embedded_tokens", embeddedTokens);
    fields.put("bytes_written", bytesWritten);
    fields.put("seconds", seconds);
    fields.put("store", Map.of("mode", storeMode, "reason", storeReason));
    fields.put("delivery", delivery.toString());
    if (!details.steps().isEmpty()) {
      fields.put("steps", details.steps());
    }
    return fields;
  }

  private static void putPresent(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
