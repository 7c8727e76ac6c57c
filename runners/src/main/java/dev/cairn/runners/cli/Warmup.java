package dev.cairn.runners.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs the light commands once over an empty store, so that the JVM can archive the classes that
 * they load (class-data sharing). Started by the launcher, never by a person.
 */
final class Warmup {
  private Warmup() {}

  /** Runs; the JVM writes the archive when it ends. */
  public static void main(String[] arguments) throws IOException {
    Path work = Files.createTempDirectory("cairn-warmup");
    Path folder = Files.createDirectory(work.resolve("folder"));
    Files.writeString(folder.resolve("file.txt"), "warm");
    Path home = work.resolve("home");
    String cid = run(home, "add", folder.toString()).split(" ", -1)[0];
    String file = cid + "/file.txt";
    for (List<String> words :
        List.of(
            List.of("add", "--json", folder.toString()),
            List.of("ls", cid),
            List.of("ls", "--json", "-r", cid),
            List.of("cat", file),
            List.of("cat", "no-such-ref"),
            List.of("get", cid, "-o", work.resolve("back").toString()),
            List.of("refs", "--json"),
            List.of("pins"),
            List.of("verify", "--json"),
            List.of("status", "--json"))) {
      run(home, words.toArray(new String[0]));
    }
    run(home, "--version");
    run(home, "--help");
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static String run(Path home, String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    if (!words[0].startsWith("-")) {
      all.addAll(List.of("--home", home.toString()));
    }
    StringWriter out = new StringWriter();
    CommandLine command = Cairn.commandLine();
    command.setOut(new PrintWriter(out));
    command.setErr(new PrintWriter(Writer.nullWriter()));
    command.execute(all.toArray(new String[0]));
    return out.toString();
  }
}
