package dev.cairn.transforms.convert;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Binary floating-point numbers that are written with the value that was read. */
final class Exact {
  private Exact() {}

  /** The float64 that is written with this value; null if there is none. */
  static @Nullable Double wide(BigDecimal number) {
    double nearest = number.doubleValue();
    boolean exact =
        Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(number) == 0;
    return exact ? Double.valueOf(nearest) : null;
  }

  /** The float32 that is written with this value; null if there is none. */
  static @Nullable Float single(BigDecimal number) {
    float nearest = number.floatValue();
    boolean exact =
        Float.isFinite(nearest) && new BigDecimal(Float.toString(nearest)).compareTo(number) == 0;
    return exact ? Float.valueOf(nearest) : null;
  }
}
