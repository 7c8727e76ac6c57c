package dev.cairn.runners.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes that go on when the command that started them, or its terminal, has ended. */
public final class Background {
  /** In a session of its own where the system has that, else deaf to the terminal's end. */
  private static final String DETACHED =
      "if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; fi; trap '' HUP; exec \"$@\"";

  private Background() {}

  /**
   * Starts one. Its process id is that of the command itself: nothing stands in between.
   *
   * @param folder where it runs
   * @param variables beside those of this process
   * @param out takes what it prints
   * @param err takes its errors; may be the same file
   */
  public static Process start(
      List<String> command, Path folder, Map<String, String> variables, Path out, Path err)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("sh", "-c", DETACHED, "sh"));
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().putAll(variables);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    return builder.start();
  }
}
