package dev.cairn.transforms.embed;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorePolicy;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Publishes each computed shard as an action: from then on no run computes it again. Its files were
 * made durable before. Output: the shards' keys.
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

  /** The action under which a shard's receipt is kept. */
  public static String action(String key) {
    return "shard-" + key;
  }

  @Override
  public PCollection<String> expand(PCollection<ShardReceipt> shards) {
    return shards.apply("PutAction", ParDo.of(new PutActionFn(policy)));
  }

  private static final class PutActionFn extends DoFn<ShardReceipt, String> {
    private static final long serialVersionUID = 1L;

    private final StorePolicy policy;
    private transient @Nullable LocalStore store;

    PutActionFn(StorePolicy policy) {
      this.policy = policy;
    }

    @Setup
    public void open() throws IOException {
      store = policy.open();
    }

    @Teardown
    public void close() throws IOException {
      if (store != null) {
        store.close();
      }
    }

    @ProcessElement
    public void put(@Element ShardReceipt shard, OutputReceiver<String> out) throws IOException {
      LocalStore actions = Objects.requireNonNull(store, "opened in setup");
      actions.actions().put(action(shard.key()), shard.toJson());
      out.output(shard.key());
    }
  }
}
