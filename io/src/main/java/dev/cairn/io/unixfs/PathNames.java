package dev.cairn.io.unixfs;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Between the bytes of local names and text. */
final class PathNames {
  private static final char REPLACEMENT = '\ufffd';

  private PathNames() {}

  /**
   * Refuses folders in a JVM that does not decode names as UTF-8: it would read other characters as
   * U+FFFD, open the files all the same and hash a wrong tree (storage.md, 1).
   */
  static void checkEncoding(Path folder) throws RefusedPathException {
    String encoding = System.getProperty("sun.jnu.encoding", "unknown");
    if (!encoding.equals(StandardCharsets.UTF_8.name())) {
      throw new RefusedPathException(
          "Cannot use folder: "
              + folder
              + " (this JVM reads names as "
              + encoding
              + "; set LC_ALL=C.UTF-8)");
    }
  }

  /**
   * The text of a name or of a link's target.
   *
   * @throws RefusedPathException if its bytes are not UTF-8: then they do not survive the way from
   *     bytes to text and back
   */
  static String text(Path path, Path shown) throws RefusedPathException {
    String text = path.toString();
    if (text.indexOf(REPLACEMENT) >= 0) {
      for (Path step : path) {
        if (!step.equals(path.getFileSystem().getPath(step.toString()))) {
          throw new RefusedPathException("Cannot read name: " + shown + " (not UTF-8)");
        }
      }
    }
    return text;
  }
}
