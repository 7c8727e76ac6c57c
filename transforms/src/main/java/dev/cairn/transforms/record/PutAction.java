package dev.cairn.transforms.record;

import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorePolicy;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Publishes results as actions, so that a later run or a retry finds them instead of computing them
 * again. What a result names must be durable before. A retried task writes the same action again.
 * Output: the actions' names.
 *
 * @param <T> a result
 */
public final class PutAction<T> extends PTransform<PCollection<T>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final StorePolicy policy;
  private final SerializableFunction<T, String> key;
  private final SerializableFunction<T, String> value;

  private PutAction(
      StorePolicy policy,
      SerializableFunction<T, String> key,
      SerializableFunction<T, String> value) {
    this.policy = policy;
    this.key = key;
    this.value = value;
  }

  /** Publishes into the store of {@code policy}. */
  public static <T> PutAction<T> into(
      StorePolicy policy,
      SerializableFunction<T, String> key,
      SerializableFunction<T, String> value) {
    return new PutAction<>(policy, key, value);
  }

  @Override
  public PCollection<String> expand(PCollection<T> results) {
    return results.apply("PutAction", ParDo.of(new PutActionFn<>(policy, key, value)));
  }

  static final class PutActionFn<T> extends DoFn<T, String> {
    private static final long serialVersionUID = 1L;

    private final StorePolicy policy;
    private final SerializableFunction<T, String> key;
    private final SerializableFunction<T, String> value;
    private transient @Nullable LocalStore store;

    PutActionFn(
        StorePolicy policy,
        SerializableFunction<T, String> key,
        SerializableFunction<T, String> value) {
      this.policy = policy;
      this.key = key;
      this.value = value;
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
    public void put(@Element T result, OutputReceiver<String> out) throws IOException {
      String action = key.apply(result);
      Objects.requireNonNull(store, "opened in setup").actions().put(action, value.apply(result));
      out.output(action);
    }
  }
}
