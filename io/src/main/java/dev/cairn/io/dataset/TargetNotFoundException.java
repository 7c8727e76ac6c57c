package dev.cairn.io.dataset;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a command was asked about does not exist (exit code 5). */
public final class TargetNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  public TargetNotFoundException(String target, String rule) {
    this(target, rule, null);
  }

  public TargetNotFoundException(String target, String rule, @Nullable Throwable cause) {
    super("Cannot find target: " + target + " (" + rule + ")", cause);
  }
}
