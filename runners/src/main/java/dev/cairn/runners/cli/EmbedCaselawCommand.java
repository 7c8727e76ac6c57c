package dev.cairn.runners.cli;

import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.record.RecordSource;
import picocli.CommandLine.Command;

/** {@code cairn embed caselaw}: case law to a dataset. */
@Command(
    name = "caselaw",
    description =
        "Embeds case law: files and tables of the Caselaw Access Project, CourtListener and"
            + " cold-cases, texts and pages.")
final class EmbedCaselawCommand extends EmbedPipelineCommand {
  EmbedCaselawCommand() {
    super(Context.NONE);
  }

  @Override
  RecordSource source() {
    return new CaselawSource();
  }
}
