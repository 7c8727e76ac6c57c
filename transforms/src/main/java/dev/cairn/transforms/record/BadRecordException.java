package dev.cairn.transforms.record;

import org.jspecify.annotations.Nullable;

/**
 * A record that cannot become a document: it becomes a dead letter with this code and reason. The
 * reason is ours, never a library's message, because it is part of the dataset.
 */
public final class BadRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String reason;

  public BadRecordException(String code, String reason) {
    this(code, reason, null);
  }

  public BadRecordException(String code, String reason, @Nullable Throwable cause) {
    super(code + ": " + reason, cause);
    this.code = code;
    this.reason = reason;
  }

  /** A stable name of the fault, such as {@code invalid_json}. */
  public String code() {
    return code;
  }

  /** What was found and what was expected. */
  public String reason() {
    return reason;
  }
}
