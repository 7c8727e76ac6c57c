package dev.cairn.io.cid;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes or text that are not in the format they claim: a CID, a varint, a block, a CAR. Reading
 * them again cannot help.
 */
public class MalformedContentException extends IOException {
  private static final long serialVersionUID = 1L;

  public MalformedContentException(String message) {
    super(message);
  }

  public MalformedContentException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
