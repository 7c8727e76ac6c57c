package dev.cairn.runners.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The distribution's own launcher, in processes of their own, on one home.
 *
 * @param variables of their environment, and no other of Cairn's
 */
record Cairn(Path home, Map<String, String> variables) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  Cairn(Path home) {
    this(home, Map.of());
  }

  /** How a command ended. */
  record Ended(int code, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  /** A command that runs. */
  record Running(Process process, Path out, Path err) {
    Ended await() throws IOException {
      int code = process.onExit().join().exitValue();
      Ended ended = new Ended(code, Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return ended;
    }

    /** Ends the launcher and the JVM that it became, as {@code kill -9} does. */
    void kill() {
      process.destroyForcibly();
    }
  }

  Running start(Object... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("cairn.dist"), "cairn").toString());
    Stream.of(words).map(String::valueOf).forEach(command::add);
    command.addAll(List.of("--home", home.toString(), "--json"));
    Path out = Files.createTempFile(home.getParent(), "out", "");
    Path err = Files.createTempFile(home.getParent(), "err", "");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("CAIRN_"));
    builder.environment().put("IPFS_KIT_DISABLE", "1");
    builder.environment().putAll(variables);
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }

  /** Runs a command that must succeed; its result. */
  JsonNode run(Object... words) {
    try {
      Ended ended = start(words).await();
      if (ended.code() != 0) {
        throw new AssertionError(List.of(words) + ": exit " + ended.code() + "\n" + ended.err());
      }
      return ended.json();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
