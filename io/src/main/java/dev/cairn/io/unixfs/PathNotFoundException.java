package dev.cairn.io.unixfs;

import java.io.IOException;

/** A path names nothing in a DAG whose blocks on the way are all present (exit code 5). */
public final class PathNotFoundException extends IOException {
  private static final long serialVersionUID = 1L;

  PathNotFoundException(String message) {
    super(message);
  }
}
