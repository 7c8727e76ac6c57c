package dev.cairn.runners.engine.cluster;

import java.io.IOException;

/** A cluster did not come up, or runs otherwise than asked for. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }
}
