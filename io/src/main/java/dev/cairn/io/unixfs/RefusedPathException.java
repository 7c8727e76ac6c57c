package dev.cairn.io.unixfs;

import java.io.IOException;

/**
 * A path, name or kind of file that Cairn refuses to read or write: nothing is damaged, and another
 * path or option helps.
 */
public final class RefusedPathException extends IOException {
  private static final long serialVersionUID = 1L;

  public RefusedPathException(String message) {
    super(message);
  }
}
