package dev.cairn.pipelines;

import java.io.IOException;

/** The input, not the machine, keeps a run from its end: exit code 3. No ref was moved. */
public final class InputFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  public InputFailedException(String message) {
    super(message);
  }
}
