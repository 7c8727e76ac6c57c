package dev.cairn.runners.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cairn scan}: a group of scans. */
@Command(
    name = "scan",
    description = "Lists what a hub has, as a dataset.",
    mixinStandardHelpOptions = true,
    subcommands = ScanHubCommand.class)
final class ScanCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing what to scan: hub");
  }
}
