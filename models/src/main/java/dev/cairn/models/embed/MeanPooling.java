package dev.cairn.models.embed;

import java.nio.FloatBuffer;

/**
 * Mean of token vectors, then L2 normalization, in double precision: one rounding to float at the
 * end, in a fixed order of additions, so that the bits depend on the model's output alone.
 */
final class MeanPooling {

  private MeanPooling() {}

  /**
   * The unit vector of one text.
   *
   * @param hidden {@code tokens} rows of {@code dimension} floats, read from its position; without
   *     padding, so every row counts
   * @throws InferenceException if the mean has no direction: not finite, or zero
   */
  static float[] pool(FloatBuffer hidden, int tokens, int dimension) {
    double[] sum = new double[dimension];
    float[] row = new float[dimension];
    for (int t = 0; t < tokens; t++) {
      hidden.get(row);
      for (int d = 0; d < dimension; d++) {
        sum[d] += row[d];
      }
    }
    double squares = 0;
    for (int d = 0; d < dimension; d++) {
      sum[d] /= tokens;
      squares += sum[d] * sum[d];
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new InferenceException(
          "Cannot normalize vector: length " + norm + " (finite and above 0)");
    }
    float[] vector = new float[dimension];
    for (int d = 0; d < dimension; d++) {
      vector[d] = (float) (sum[d] / norm);
    }
    return vector;
  }
}
