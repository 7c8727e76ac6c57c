package dev.cairn.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The files of a model by their paths, wherever they are. Nothing is opened but what is asked for.
 */
public interface ModelTree {
  /** True if there is such a file. */
  boolean has(String path) throws IOException;

  /**
   * Opens a file.
   *
   * @param path with {@code /}, relative and without {@code ..}
   * @return empty if there is none
   */
  Optional<InputStream> open(String path) throws IOException;
}
