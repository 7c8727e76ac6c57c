package dev.cairn.pipelines;

import java.io.IOException;

/** An engine does not know a job any more, because it died and came back without it. */
public final class JobLostException extends IOException {
  private static final long serialVersionUID = 1L;

  public JobLostException(String job) {
    super("Cannot follow job: " + job + " (the cluster does not know it any more)");
  }
}
