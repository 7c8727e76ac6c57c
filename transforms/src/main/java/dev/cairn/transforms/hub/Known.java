package dev.cairn.transforms.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of two sources the first that knows a thing. */
final class Known {
  private Known() {}

  static <T> @Nullable T first(@Nullable T a, @Nullable T b) {
    return a == null ? b : a;
  }

  static List<String> first(List<String> a, List<String> b) {
    return a.isEmpty() ? b : a;
  }
}
