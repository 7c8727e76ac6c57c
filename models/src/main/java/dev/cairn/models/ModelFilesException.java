package dev.cairn.models;

import java.io.IOException;

/** The bytes of a model are absent or are not those that its digest names. */
public final class ModelFilesException extends IOException {

  private static final long serialVersionUID = 1L;

  ModelFilesException(String message) {
    super(message);
  }
}
