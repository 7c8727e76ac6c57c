package dev.cairn.runners.cli;

/**
 * Refuses a path without characters, which Java takes for the current folder: it is an unset
 * variable of a script.
 */
final class EmptyPath {
  private EmptyPath() {}

  /**
   * Refuses.
   *
   * @param flag what the path was given as
   */
  static void refuse(String flag, String path) {
    if (path.isEmpty()) {
      throw new UsageException("Cannot use " + flag + ": an empty path (a path)");
    }
  }
}
