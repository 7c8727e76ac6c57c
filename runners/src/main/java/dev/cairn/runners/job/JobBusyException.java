package dev.cairn.runners.job;

import java.io.IOException;

/** Another process runs the job: only one does at a time. */
public final class JobBusyException extends IOException {
  private static final long serialVersionUID = 1L;

  JobBusyException(String job, String who) {
    super("Cannot run job: " + job + " (one run at a time; " + who + ")");
  }
}
