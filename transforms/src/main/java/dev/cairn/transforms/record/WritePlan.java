package dev.cairn.transforms.record;

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
 * Publishes each part of the plan as an action, so that a later run or a retry finds it. A retried
 * task writes the same action again. Output: the parts' keys.
 */
public final class WritePlan extends PTransform<PCollection<PlanPart>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final StorePolicy policy;

  private WritePlan(StorePolicy policy) {
    this.policy = policy;
  }

  /** Publishes into the store of {@code policy}. */
  public static WritePlan to(StorePolicy policy) {
    return new WritePlan(policy);
  }

  @Override
  public PCollection<String> expand(PCollection<PlanPart> parts) {
    return parts.apply("PutAction", ParDo.of(new PutActionFn(policy)));
  }

  private static final class PutActionFn extends DoFn<PlanPart, String> {
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
    public void put(@Element PlanPart part, OutputReceiver<String> out) throws IOException {
      LocalStore actions = Objects.requireNonNull(store, "opened in setup");
      actions.actions().put(PlanPart.action(part.key()), part.toJson());
      out.output(part.key());
    }
  }
}
