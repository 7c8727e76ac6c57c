package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.KuboNode;
import dev.cairn.io.store.tier.StorePolicy;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A worker does not see the launcher's store: what it would write there would be lost. */
public final class StoreNotSharedException extends IOException {
  private static final long serialVersionUID = 1L;

  private StoreNotSharedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StoreNotSharedException folder(String home, @Nullable Throwable cause) {
    return new StoreNotSharedException(
        "Cannot use store on a worker: "
            + home
            + " (a folder that the launcher and all workers share)",
        cause);
  }

  static StoreNotSharedException node(StorePolicy policy) {
    KuboNode node = Objects.requireNonNull(policy.node(), "work at a node has one");
    return new StoreNotSharedException(
        "Cannot use store on a worker: "
            + node.api()
            + " (the node that the launcher and all workers share)",
        null);
  }
}
