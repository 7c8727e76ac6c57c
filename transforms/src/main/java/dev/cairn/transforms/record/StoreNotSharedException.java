package dev.cairn.transforms.record;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A worker does not see the launcher's store: what it would write there would be lost. */
public final class StoreNotSharedException extends IOException {
  private static final long serialVersionUID = 1L;

  StoreNotSharedException(String home, @Nullable Throwable cause) {
    super(
        "Cannot use store on a worker: "
            + home
            + " (a folder that the launcher and all workers share)",
        cause);
  }
}
