package dev.cairn.runners.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder that Cairn was started from, which the launcher names. */
final class Distribution {
  private Distribution() {}

  static Path folder() {
    String folder = System.getProperty("cairn.dist", "");
    if (folder.isEmpty() || !Files.isDirectory(Path.of(folder, "flink"))) {
      throw new UsageException(
          "Cannot find Flink: "
              + (folder.isEmpty() ? "no distribution" : folder)
              + " (start Cairn by its launcher, cairn)");
    }
    return Path.of(folder);
  }

  /** What the workers of a cluster run. */
  static Path jobJar() {
    return folder().resolve("flink").resolve("cairn-job.jar");
  }
}
