package dev.cairn.transforms.embed;

import java.io.IOException;

/** A worker whose model computes other vectors than the launcher's: it must not take part. */
public final class NumericsDifferException extends IOException {
  private static final long serialVersionUID = 1L;

  NumericsDifferException(String expected, String found) {
    super(
        "Cannot embed on this worker: model identity " + found + " (launcher's: " + expected + ")");
  }
}
