package dev.cairn.pipelines;

import java.io.IOException;

/** An input that is both a local path and a name in the store: nothing was started. */
public final class AmbiguousInputException extends IOException {
  private static final long serialVersionUID = 1L;

  AmbiguousInputException(String input) {
    super("Cannot read input: " + input + " (a ref and a local path; write ./" + input + ")");
  }
}
