package dev.cairn.runners.cli;

import dev.cairn.transforms.hub.HubSource;
import dev.cairn.transforms.record.RecordSource;
import picocli.CommandLine.Command;

/** {@code cairn embed hub}: repositories of the Hugging Face hub to a dataset. */
@Command(
    name = "hub",
    description =
        "Embeds cards and descriptions of the Hugging Face hub: scans of it, records of its API,"
            + " dumps of them, folders of cards.")
final class EmbedHubCommand extends EmbedPipelineCommand {
  EmbedHubCommand() {
    super(Context.TITLE);
  }

  @Override
  RecordSource source() {
    return new HubSource();
  }
}
