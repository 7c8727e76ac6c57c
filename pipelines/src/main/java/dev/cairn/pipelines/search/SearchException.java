package dev.cairn.pipelines.search;

/** A search that cannot be made as it was asked for: another model, or a condition that is none. */
public final class SearchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SearchException(String message) {
    super(message);
  }

  SearchException(String message, Throwable cause) {
    super(message, cause);
  }
}
