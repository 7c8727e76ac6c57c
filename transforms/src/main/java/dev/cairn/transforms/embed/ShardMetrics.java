package dev.cairn.transforms.embed;

import java.io.Serializable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * What workers tell of shards as Beam metrics, in the namespace {@value #NAMESPACE} and under the
 * same names on every runner: counters {@code documents}, {@code chunks}, {@code tokens}, {@code
 * embedded_tokens} (of vectors that were computed), {@code bytes}, {@code cache_hits} (shards that
 * another attempt had finished) and {@code failures_CODE}; distributions over shards {@code
 * embed_millis} and {@code write_millis}. They are for people: a retried bundle may count twice, so
 * no decision stands on them.
 */
public final class ShardMetrics implements Serializable {
  public static final String NAMESPACE = "cairn";

  private static final long serialVersionUID = 1L;

  private final Counter documents = Metrics.counter(NAMESPACE, "documents");
  private final Counter chunks = Metrics.counter(NAMESPACE, "chunks");
  private final Counter tokens = Metrics.counter(NAMESPACE, "tokens");
  private final Counter embeddedTokens = Metrics.counter(NAMESPACE, "embedded_tokens");
  private final Counter bytes = Metrics.counter(NAMESPACE, "bytes");
  private final Counter cacheHits = Metrics.counter(NAMESPACE, "cache_hits");
  private final Distribution embedMillis = Metrics.distribution(NAMESPACE, "embed_millis");
  private final Distribution writeMillis = Metrics.distribution(NAMESPACE, "write_millis");

  /** Counts a shard; on the thread of the step that computed it. */
  void add(ShardWorker.Outcome outcome) {
    if (outcome.known()) {
      cacheHits.inc();
      return;
    }
    ShardReceipt receipt = outcome.receipt();
    documents.inc(receipt.getDocuments());
    chunks.inc(receipt.getChunks());
    tokens.inc(receipt.getTokens());
    embeddedTokens.inc(receipt.getEmbeddedTokens());
    bytes.inc(outcome.bytes());
    embedMillis.update(outcome.embedMillis());
    writeMillis.update(outcome.writeMillis());
    receipt
        .getErrors()
        .forEach((code, count) -> Metrics.counter(NAMESPACE, "failures_" + code).inc(count));
  }
}
