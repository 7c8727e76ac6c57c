package dev.cairn.runners.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cairn job}: commands in a row, as a file names them. */
@Command(
    name = "job",
    description = "Checks, runs and schedules jobs, which are YAML files of commands.",
    mixinStandardHelpOptions = true,
    subcommands = {
      JobCheckCommand.class,
      JobRunCommand.class,
      JobScheduleCommand.class,
      JobServeCommand.class
    })
final class JobCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command (see cairn job --help)");
  }
}
