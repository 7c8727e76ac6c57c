package dev.cairn.runners.engine;

import java.io.IOException;

/** A cluster answers that it does not know what it was asked about. */
final class NoSuchFlinkJobException extends IOException {
  private static final long serialVersionUID = 1L;

  NoSuchFlinkJobException(String address, Throwable cause) {
    super("Cannot find job: at Flink " + address + " (one that it knows)", cause);
  }
}
