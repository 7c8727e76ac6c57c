package dev.cairn.models.embed;

/** The model could not be loaded or run, or gave what is not a vector. */
public final class InferenceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
