package dev.cairn.runners.cli;

import dev.cairn.io.block.Waits;
import dev.cairn.runners.run.KnownRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cairn jobs watch}: says what a detached run says, and ends as it does. */
@Command(
    name = "watch",
    description = "Follows a detached run to its end: its words, its result, its exit code.",
    mixinStandardHelpOptions = true)
final class JobsWatchCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 300;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN")
  private String run = "";

  @Mixin private HomeOptions home = new HomeOptions();

  /** The result is as the run was told to print it. */
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    KnownRun watched = JobsCommand.find(home, run);
    if (!Files.exists(watched.err())) {
      throw new UsageException(
          "Cannot watch: " + run + " (a detached run; this one has a terminal of its own)");
    }
    PrintWriter err = spec.commandLine().getErr();
    try (InputStream said = Files.newInputStream(watched.err())) {
      boolean ended;
      do {
        ended = watched.state() != KnownRun.State.RUNNING; // before the last look
        String words = new String(said.readAllBytes(), StandardCharsets.UTF_8);
        if (!output.quiet()) {
          err.print(words);
          err.flush();
        }
        if (!ended) {
          Thread.sleep(LOOK_MILLIS);
        }
      } while (!ended);
    } catch (InterruptedException e) {
      throw Waits.interrupted("watching " + run, e);
    }
    spec.commandLine().getOut().print(Files.readString(watched.out()));
    spec.commandLine().getOut().flush();
    Integer code = watched.exitCode();
    return code == null ? ExitCode.TERMINATED : code;
  }
}
