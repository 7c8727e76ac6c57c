package dev.cairn.pipelines;

import java.io.IOException;
import java.nio.file.Path;

/** A folder for output that holds something else than a dataset: nothing was started. */
public final class RefusedOutputException extends IOException {
  private static final long serialVersionUID = 1L;

  /** A place where a result would stand in the way of something. */
  RefusedOutputException(Path place) {
    super("Cannot write: " + place + " (a path where no folder is)");
  }

  RefusedOutputException(Path folder, Throwable cause) {
    super("Cannot use --output-dir: " + folder + " (empty, or a dataset that Cairn wrote)", cause);
  }
}
