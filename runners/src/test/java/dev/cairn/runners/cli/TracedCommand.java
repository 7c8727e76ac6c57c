package dev.cairn.runners.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Commands in a JVM of their own, with every log line that there is. */
final class TracedCommand {
  /** How a command ended, and all that it said. */
  record Ended(int code, String said) {}

  private TracedCommand() {}

  /**
   * Runs a command.
   *
   * @param temp for what it says
   * @param variables of its environment, and no other of Cairn's
   */
  static Ended run(Path temp, Map<String, String> variables, List<Object> words)
      throws IOException {
    Path said = temp.resolve("said");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace",
                "-cp",
                System.getProperty("java.class.path")));
    for (String opened : List.of("lang", "util", "util.concurrent", "nio")) {
      command.add(2, "--add-opens=java.base/java." + opened + "=ALL-UNNAMED");
    }
    command.add(Cairn.class.getName());
    words.forEach(word -> command.add(String.valueOf(word)));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("CAIRN_"));
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      int code = process.onExit().join().exitValue();
      return new Ended(code, Files.readString(said));
    } finally {
      process.destroyForcibly();
      Files.delete(said);
    }
  }
}
