package dev.cairn.io.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A ref was moved by another since it was read; nothing was changed (exit code 7). */
public final class ParentMovedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Ref current;

  ParentMovedException(String name, @Nullable Ref current) {
    super(
        "Cannot move ref: "
            + name
            + " (parent moved: it is now "
            + (current == null ? "unset" : current.commit() + ", number " + current.number())
            + ")");
    this.current = current;
  }

  /** Where the ref is instead; null if there is none. */
  public @Nullable Ref current() {
    return current;
  }
}
