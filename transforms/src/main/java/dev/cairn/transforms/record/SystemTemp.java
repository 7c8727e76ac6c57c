package dev.cairn.transforms.record;

import java.nio.file.Path;

/** Where the machine keeps temporary files: folders too large for memory are sorted there. */
public final class SystemTemp {
  public static final Path FOLDER = Path.of(System.getProperty("java.io.tmpdir"));

  private SystemTemp() {}
}
