package dev.cairn.runners.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cairn bench}: a group of measurements. */
@Command(
    name = "bench",
    description = "Measures Cairn beside a bare baseline.",
    mixinStandardHelpOptions = true,
    subcommands = {BenchEmbedCommand.class, BenchSearchCommand.class, BenchStoreCommand.class})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing measurement: embed, search or store");
  }
}
