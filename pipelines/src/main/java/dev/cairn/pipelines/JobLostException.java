package dev.cairn.pipelines;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An engine does not know a job, because it died and came back without it, or did not take it. */
public final class JobLostException extends IOException {
  private static final long serialVersionUID = 1L;

  /** The engine knew the job once. */
  public JobLostException(String job) {
    super("Cannot follow job: " + job + " (the cluster does not know it any more)");
  }

  /** The engine did not take the job. */
  public JobLostException(String job, @Nullable Throwable cause) {
    super("Cannot submit job: " + job + " (the cluster did not take it)", cause);
  }
}
