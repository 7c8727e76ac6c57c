package dev.cairn.transforms.index;

import dev.cairn.transforms.record.StoreFn;
import dev.cairn.transforms.record.WorkerStore;
import java.io.IOException;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * Indexes shards: the words and vectors of a file of chunks become segments of Lucene's in the
 * store, and when they are durable an action tells of them: from then on no run indexes the shard
 * again. Output: what became of each.
 */
public final class IndexShards
    extends PTransform<PCollection<IndexTask>, PCollection<IndexedShard>> {
  /** Floats of a vector at most. */
  public static final int MAX_DIMENSION = IndexCodec.MAX_DIMENSION;

  private static final long serialVersionUID = 1L;

  private final WorkerStore stores;
  private final int dimension;
  private final VectorSimilarityFunction nearness;

  private IndexShards(WorkerStore stores, int dimension, VectorSimilarityFunction nearness) {
    this.stores = stores;
    this.dimension = dimension;
    this.nearness = nearness;
  }

  /**
   * Indexes vectors of so many floats, at most {@link #MAX_DIMENSION}.
   *
   * @param nearness by which they are compared, as in the tasks
   */
  public static IndexShards of(
      WorkerStore stores, int dimension, VectorSimilarityFunction nearness) {
    return new IndexShards(stores, dimension, nearness);
  }

  @Override
  public PCollection<IndexedShard> expand(PCollection<IndexTask> tasks) {
    return tasks.apply("IndexChunks", ParDo.of(new IndexChunksFn(this)));
  }

  static final class IndexChunksFn extends StoreFn<IndexTask, IndexedShard> {
    private static final long serialVersionUID = 1L;

    private final int dimension;
    private final VectorSimilarityFunction nearness;

    IndexChunksFn(IndexShards spec) {
      super(spec.stores);
      this.dimension = spec.dimension;
      this.nearness = spec.nearness;
    }

    @ProcessElement
    public void index(@Element IndexTask task, OutputReceiver<IndexedShard> out)
        throws IOException {
      out.output(new ShardIndexer(store(), dimension, nearness).index(task));
    }
  }
}
