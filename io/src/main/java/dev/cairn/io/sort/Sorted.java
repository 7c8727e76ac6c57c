package dev.cairn.io.sort;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Items in order, one after another. For one thread. */
@FunctionalInterface
public interface Sorted<T> {
  /** The next item, null behind the last. */
  @Nullable T next() throws IOException;
}
