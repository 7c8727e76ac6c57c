package dev.cairn.runners.engine;

import java.io.IOException;

/** Somebody cancelled a job: its run ends, and no ref moves. */
public final class JobCancelledException extends IOException {
  private static final long serialVersionUID = 1L;

  JobCancelledException(String job) {
    super("Cannot finish job: " + job + " (it was cancelled; what it finished is kept)");
  }
}
