package dev.cairn.runners.engine;

import java.io.IOException;

/** A cluster did not answer, or not as expected. */
public final class FlinkSilentException extends IOException {
  private static final long serialVersionUID = 1L;

  FlinkSilentException(String address, Throwable cause) {
    super("Cannot ask Flink: " + address + " (a cluster's REST interface that answers)", cause);
  }
}
