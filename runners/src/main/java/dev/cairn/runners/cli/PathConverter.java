package dev.cairn.runners.cli;

import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads paths. One without characters, which Java takes for the current folder, is refused: it is
 * an unset variable of a script.
 */
final class PathConverter implements ITypeConverter<Path> {
  @Override
  public Path convert(String path) {
    if (path.isEmpty()) {
      throw new TypeConversionException("an empty path (a path)");
    }
    return Path.of(path);
  }
}
