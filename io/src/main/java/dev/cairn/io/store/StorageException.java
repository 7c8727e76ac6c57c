package dev.cairn.io.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Storage cannot be read or written: full, denied, a failed force, a home of another format (exit
 * code 6). The content is not at fault; once the cause is gone the same call may succeed.
 */
public class StorageException extends IOException {
  private static final long serialVersionUID = 1L;

  public StorageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
