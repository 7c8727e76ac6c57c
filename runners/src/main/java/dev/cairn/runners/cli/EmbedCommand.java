package dev.cairn.runners.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cairn embed}: a group of pipelines. */
@Command(
    name = "embed",
    description = "Embeds a dataset.",
    mixinStandardHelpOptions = true,
    subcommands = {EmbedCaselawCommand.class, EmbedHubCommand.class, EmbedTableCommand.class})
final class EmbedCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing pipeline: caselaw, hub or table");
  }
}
