package dev.cairn.pipelines;

import java.io.IOException;

/** The ref's vectors were computed on another kind of machine: the user must choose. */
public final class NumericsChangedException extends IOException {
  private static final long serialVersionUID = 1L;

  NumericsChangedException(String ref, String before, String now) {
    super(
        "Cannot extend "
            + ref
            + ": this machine's numerics are "
            + now
            + " (its dataset's: "
            + before
            + "; --numerics recompute embeds all of it again)");
  }
}
