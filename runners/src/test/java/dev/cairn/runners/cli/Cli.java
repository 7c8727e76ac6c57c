package dev.cairn.runners.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs commands in this JVM as a shell would. */
final class Cli {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** How a command ended. */
  record Outcome(int code, String out, String err) {
    /** The one line of the result. */
    String line() {
      return out.strip();
    }

    /** The result as JSON, an object a line. */
    List<JsonNode> objects() throws JsonProcessingException {
      List<JsonNode> objects = new ArrayList<>();
      for (String line : out.lines().toList()) {
        objects.add(JSON.readTree(line));
      }
      return objects;
    }

    /** The result as one JSON object. */
    JsonNode object() throws JsonProcessingException {
      return JSON.readTree(out);
    }
  }

  private final Path home;

  Cli(Path home) {
    this.home = home;
  }

  /** Runs a command with this home behind it. */
  Outcome run(Object... words) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.add("--home");
    all.add(home);
    if (!all.contains("--store")) {
      // Whoever runs the tests may have a node of their own.
      all.addAll(List.of("--store", "local"));
    }
    return bare(all.toArray());
  }

  /** Runs exactly these words. */
  static Outcome bare(Object... words) {
    return execute(Cairn.commandLine(), words);
  }

  static Outcome execute(CommandLine command, Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    int code = command.execute(List.of(words).stream().map(String::valueOf).toArray(String[]::new));
    return new Outcome(code, out.toString(), err.toString());
  }
}
