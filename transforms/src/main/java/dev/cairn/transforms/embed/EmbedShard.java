package dev.cairn.transforms.embed;

import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Computes shards: opens each record again by its address, one document at a time, cuts and embeds
 * it, writes the shard's files into the store and, when they are durable, keeps the receipt as an
 * action: from then on no run computes the shard again. That is done here and not in a step of its
 * own, because the Direct runner would not begin such a step before the last shard. Output: the
 * receipts. A retried task stores the same bytes again, which costs no space.
 */
public final class EmbedShard
    extends PTransform<PCollection<ShardTask>, PCollection<ShardReceipt>> {
  private static final long serialVersionUID = 1L;

  private final EmbedSettings settings;

  private EmbedShard(EmbedSettings settings) {
    this.settings = settings;
  }

  /** Embeds by {@code settings}. */
  public static EmbedShard with(EmbedSettings settings) {
    return new EmbedShard(settings);
  }

  @Override
  public PCollection<ShardReceipt> expand(PCollection<ShardTask> tasks) {
    return tasks.apply("EmbedRecords", ParDo.of(new EmbedRecordsFn(settings)));
  }

  static final class EmbedRecordsFn extends DoFn<ShardTask, ShardReceipt> {
    private static final long serialVersionUID = 1L;

    private final EmbedSettings settings;
    private final ShardMetrics metrics = new ShardMetrics();
    private transient @Nullable ShardWorker worker;

    EmbedRecordsFn(EmbedSettings settings) {
      this.settings = settings;
    }

    @Setup
    public void open() throws IOException {
      worker = ShardWorker.open(settings);
    }

    @Teardown
    public void close() throws IOException {
      if (worker != null) {
        worker.close();
      }
    }

    @ProcessElement
    public void embed(@Element ShardTask task, OutputReceiver<ShardReceipt> out)
        throws IOException {
      ShardWorker.Outcome outcome = Objects.requireNonNull(worker, "opened in setup").compute(task);
      metrics.add(outcome);
      out.output(outcome.receipt());
    }
  }
}
