package dev.cairn.transforms.record;

import dev.cairn.io.store.StorePolicy;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/** Publishes each part of the plan as an action. Output: the actions' names. */
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
    return parts.apply(
        PutAction.into(policy, part -> PlanPart.action(part.getKey()), PlanPart::toJson));
  }
}
