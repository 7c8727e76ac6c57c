package dev.cairn.runners.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cairn cluster}: a Flink session cluster on this machine. */
@Command(
    name = "cluster",
    description = "Runs a Flink session cluster on this machine.",
    mixinStandardHelpOptions = true,
    subcommands = {ClusterStartCommand.class, ClusterStatusCommand.class, ClusterStopCommand.class})
final class ClusterCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing act: start, status or stop");
  }
}
