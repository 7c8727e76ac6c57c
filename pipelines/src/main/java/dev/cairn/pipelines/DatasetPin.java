package dev.cairn.pipelines;

import dev.cairn.io.store.Pin;

/** The pin that keeps a version of a ref's dataset until it is let go. */
public final class DatasetPin {
  private static final String PREFIX = "dataset of ";

  private DatasetPin() {}

  /** Why the dataset of a ref is pinned. */
  public static String why(String ref) {
    return PREFIX + ref;
  }

  /** True if nobody asked for the pin but a commit. */
  public static boolean is(Pin pin) {
    return pin.why().startsWith(PREFIX);
  }
}
