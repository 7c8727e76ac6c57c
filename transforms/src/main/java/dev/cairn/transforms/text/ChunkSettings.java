package dev.cairn.transforms.text;

import java.io.Serializable;

/**
 * How text is cut.
 *
 * @param maxTokens tokens a chunk may have at most, the model's special ones included
 * @param overlap tokens of a chunk that the next one repeats, rounded down to whole words
 */
public record ChunkSettings(int maxTokens, int overlap) implements Serializable {

  /** Tokens below which a window holds no sentence worth an embedding. */
  public static final int MIN_TOKENS = 16;

  public ChunkSettings {
    if (maxTokens < MIN_TOKENS) {
      throw new IllegalArgumentException(
          "Cannot chunk by " + maxTokens + " tokens (at least " + MIN_TOKENS + ")");
    }
    if (overlap < 0 || overlap > maxTokens / 2) {
      throw new IllegalArgumentException(
          "Cannot overlap chunks by " + overlap + " tokens (0 to half of " + maxTokens + ")");
    }
  }
}
