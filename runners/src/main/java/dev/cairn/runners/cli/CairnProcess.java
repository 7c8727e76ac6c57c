package dev.cairn.runners.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How this program is started again. */
final class CairnProcess {
  private CairnProcess() {}

  /** The launcher; without one, as in tests, this JVM with this class path. */
  static List<String> command() {
    Path launcher = launcher();
    return Files.isExecutable(launcher)
        ? List.of(launcher.toString())
        : List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Cairn.class.getName());
  }

  /** Where the launcher is, or would be on the path. */
  static Path launcher() {
    String folder = System.getProperty("cairn.dist", "");
    return folder.isEmpty() ? Path.of("cairn") : Path.of(folder, "cairn").toAbsolutePath();
  }
}
