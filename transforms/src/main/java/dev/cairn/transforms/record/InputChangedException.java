package dev.cairn.transforms.record;

import java.io.IOException;

/** An input file is no longer what it was when the run looked at it first. The run must stop. */
public final class InputChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  public InputChangedException(String path, String detail) {
    super("Cannot read input: " + path + " (input changed: was " + detail + ")");
  }
}
