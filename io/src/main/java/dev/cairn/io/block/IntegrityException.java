package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Stored content is not what its name promises: a block is corrupt or missing (exit code 4). */
public class IntegrityException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable Cid cid;

  public IntegrityException(String message) {
    this(message, null, null);
  }

  public IntegrityException(String message, @Nullable Cid cid, @Nullable Throwable cause) {
    super(message, cause);
    this.cid = cid;
  }

  /** The block it is about, if it is about one. */
  public @Nullable Cid cid() {
    return cid;
  }
}
