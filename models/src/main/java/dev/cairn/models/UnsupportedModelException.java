package dev.cairn.models;

/**
 * A model reference that is malformed or of a kind that is not supported: a configuration error.
 */
public final class UnsupportedModelException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  UnsupportedModelException(String reference, String rule) {
    super("Cannot use model: " + reference + " (" + rule + ")");
  }
}
