package dev.cairn.runners.cli;

import java.io.IOException;

/** Standard output cannot be written. */
final class ResultException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final String BROKEN_PIPE = "Broken pipe";

  ResultException(IOException cause) {
    super("Cannot write output: " + cause.getMessage() + " (standard output)", cause);
  }

  /** True if whoever reads it has what it wanted, as {@code head} has. */
  boolean isUnwanted() {
    Throwable cause = getCause();
    return cause != null && BROKEN_PIPE.equals(cause.getMessage());
  }
}
