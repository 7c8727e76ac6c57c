package dev.cairn.models;

/**
 * A model reference that is malformed or of a kind that is not supported: a configuration error.
 */
public final class UnsupportedModelException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedModelException(String reference, String rule) {
    this("Cannot use model: " + reference + " (" + rule + ")");
  }

  UnsupportedModelException(String reference, String rule, Throwable cause) {
    this(reference, rule);
    initCause(cause);
  }

  private UnsupportedModelException(String message) {
    super(message);
  }

  /** A setting of the environment by which a model is asked. */
  public static UnsupportedModelException setting(String name, String rule) {
    return new UnsupportedModelException("Cannot use " + name + ": " + rule);
  }

  /** A limit of tokens that is not the model's. */
  static UnsupportedModelException tokens(int maxTokens, int limit) {
    return new UnsupportedModelException(
        "Cannot set max tokens: " + maxTokens + " (1 to " + limit + ", the model's limit)");
  }
}
