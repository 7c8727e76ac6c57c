package dev.cairn.runners.engine;

import java.io.IOException;

/**
 * A worker of a cluster cannot take part, and trying again would change nothing: why, in its words.
 */
public final class WorkerRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  WorkerRefusedException(String words) {
    super(words);
  }
}
