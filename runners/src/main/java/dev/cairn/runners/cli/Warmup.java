package dev.cairn.runners.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
    Path home = work.resolve("home");
    Path file = Files.writeString(work.resolve("file.txt"), "warm");
    CommandLine command = new CommandLine(Cairn.command());
    command.setOut(new PrintWriter(Writer.nullWriter()));
    command.setErr(new PrintWriter(Writer.nullWriter()));
    String cid = "bafkreicf6ib6xq35knaqt2edowihxtmc2ofrm7yoka3rs4uqbyicm4iceq";
    for (List<String> words :
        List.of(
            List.of("add", file.toString()),
            List.of("add", "--json", work.toString()),
            List.of("ls", cid),
            List.of("ls", "--json", cid),
            List.of("cat", cid),
            List.of("get", cid, "-o", work.resolve("back").toString()),
            List.of("refs", "--json"),
            List.of("pins"),
            List.of("verify", "--json"),
            List.of("status", "--json"),
            List.of("--version"),
            List.of("--help"))) {
      List<String> all = new ArrayList<>(words);
      all.addAll(words.get(0).startsWith("-") ? List.of() : List.of("--home", home.toString()));
      command.execute(all.toArray(new String[0]));
    }
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
