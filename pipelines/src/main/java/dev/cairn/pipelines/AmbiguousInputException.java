package dev.cairn.pipelines;

import java.io.IOException;

/** An input whose name means two things: nothing was started. */
public final class AmbiguousInputException extends IOException {
  private static final long serialVersionUID = 1L;

  private AmbiguousInputException(String input, String rule) {
    super("Cannot read input: " + input + " (" + rule + ")");
  }

  /** An input that is both a local path and a name in the store. */
  static AmbiguousInputException refAndPath(String input) {
    return new AmbiguousInputException(input, "a ref and a local path; write ./" + input);
  }

  /** An input whose base name another input has. */
  static AmbiguousInputException sameName(String input, String name) {
    return new AmbiguousInputException(input, "each input's base name once: " + name);
  }
}
