package dev.cairn.transforms.record;

import dev.cairn.io.store.tier.WorkStore;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/** A step whose workers have the store open while they live. */
public abstract class StoreFn<I, O> extends DoFn<I, O> {
  private static final long serialVersionUID = 1L;

  private final WorkerStore stores;
  private transient @Nullable WorkStore store;

  protected StoreFn(WorkerStore stores) {
    this.stores = stores;
  }

  /** The worker's store. */
  protected WorkStore store() {
    return Objects.requireNonNull(store, "opened in setup");
  }

  @Setup
  public void open() throws IOException {
    store = stores.open();
  }

  @Teardown
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }
}
