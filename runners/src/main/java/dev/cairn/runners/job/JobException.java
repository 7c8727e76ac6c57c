package dev.cairn.runners.job;

/** A job file that cannot be used; the message names what was expected. */
public final class JobException extends Exception {
  private static final long serialVersionUID = 1L;

  JobException(String message) {
    super(message);
  }

  JobException(String message, Throwable cause) {
    super(message, cause);
  }
}
