package dev.cairn.runners.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: results on standard output, all else on standard error. */
final class OutputOptions {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(names = "--quiet", description = "Print no progress and no warnings.")
  private boolean quiet;

  boolean quiet() {
    return quiet;
  }

  /** Prints a result: its fields with {@code --json}, else the text. */
  void result(Map<String, ?> fields, String text) {
    line(json ? JSON.valueToTree(fields).toString() : text);
  }

  /** True if the result is asked for as JSON. */
  boolean json() {
    return json;
  }

  /** True if results go to a person's terminal. */
  boolean isTerminal() {
    return !json && Boolean.getBoolean("cairn.terminal.out");
  }

  /** Tells a person something that is not the result. */
  void note(String text) {
    if (!quiet) {
      command.commandLine().getErr().println(text);
    }
  }

  /** Writes over the present line of a terminal. */
  void live(String text) {
    if (!quiet) {
      command.commandLine().getErr().print("\r\u001b[K" + text);
      command.commandLine().getErr().flush();
    }
  }

  private void line(String text) {
    if (!text.isEmpty()) {
      command.commandLine().getOut().println(text);
    }
  }
}
