package dev.cairn.transforms.embed;

import dev.cairn.io.store.StorePolicy;
import dev.cairn.transforms.record.PutAction;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Publishes each computed shard as an action: from then on no run computes it again. Output: the
 * actions' names.
 */
public final class WriteShard extends PTransform<PCollection<ShardReceipt>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final StorePolicy policy;

  private WriteShard(StorePolicy policy) {
    this.policy = policy;
  }

  /** Publishes into the store of {@code policy}. */
  public static WriteShard to(StorePolicy policy) {
    return new WriteShard(policy);
  }

  @Override
  public PCollection<String> expand(PCollection<ShardReceipt> shards) {
    return shards.apply(
        PutAction.into(policy, shard -> ShardReceipt.action(shard.getKey()), ShardReceipt::toJson));
  }
}
