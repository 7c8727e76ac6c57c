package dev.cairn.models.embed;

import java.nio.FloatBuffer;

/**
 * Token vectors to one vector, in double precision: one rounding to float at the end, in a fixed
 * order of additions, so that the bits depend on the model's output alone.
 */
final class Pooling {
  private final boolean mean;
  private final boolean normalized;

  /**
   * Pooling by the names of a {@link dev.cairn.models.ModelSpec}.
   *
   * @throws IllegalArgumentException if a name is unknown
   */
  static Pooling of(String pooling, String normalization) {
    return new Pooling(
        either(pooling, "mean", "cls", "pooling"),
        either(normalization, "l2", "none", "normalization"));
  }

  private Pooling(boolean mean, boolean normalized) {
    this.mean = mean;
    this.normalized = normalized;
  }

  private static boolean either(String name, String first, String second, String what) {
    if (name.equals(first) || name.equals(second)) {
      return name.equals(first);
    }
    throw new IllegalArgumentException(
        "Cannot use " + what + ": " + name + " (" + first + " or " + second + ")");
  }

  /**
   * The vector of one text.
   *
   * @param hidden {@code tokens} rows of {@code dimension} floats, read from its position to their
   *     end; without padding, so every row counts
   * @throws InferenceException if the vector has no direction: not finite, or zero
   */
  float[] pool(FloatBuffer hidden, int tokens, int dimension) {
    double[] sum = new double[dimension];
    float[] row = new float[dimension];
    for (int t = 0; t < tokens; t++) {
      hidden.get(row);
      if (mean || t == 0) {
        for (int d = 0; d < dimension; d++) {
          sum[d] += row[d];
        }
      }
    }
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      sum[d] /= mean ? tokens : 1;
      squares += sum[d] * sum[d];
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new InferenceException(
          "Cannot normalize vector: length " + norm + " (finite and above 0)");
    }
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      vector[d] = (float) (normalized ? sum[d] / norm : sum[d]);
    }
    return vector;
  }
}
