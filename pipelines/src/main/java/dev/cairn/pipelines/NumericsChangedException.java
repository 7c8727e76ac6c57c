package dev.cairn.pipelines;

import java.io.IOException;
import java.util.List;

/** The ref's vectors were computed on another kind of machine: the user must choose. */
public final class NumericsChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  NumericsChangedException(String ref, List<String> before, String now) {
    super(
        "Cannot extend "
            + ref
            + ": this machine's numerics are "
            + now
            + " (its dataset's: "
            + String.join(", ", before)
            + "; --numerics recompute embeds all of it again, --numerics reuse keeps its vectors if"
            + " a sample of them agrees)");
  }
}
