package dev.cairn.runners.cli;

import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.table.MetaColumn;
import dev.cairn.transforms.table.TableColumns;
import dev.cairn.transforms.table.TableSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cairn embed table}: rows of any table to a dataset. */
@Command(
    name = "table",
    description =
        "Embeds rows of any table: JSON lines, CSV, Parquet or Arrow, with the columns that you"
            + " name.")
final class EmbedTableCommand extends EmbedPipelineCommand {
  @Option(
      names = "--id",
      defaultValue = "id",
      paramLabel = "COLUMN",
      description = "The column of a row's id (default: ${DEFAULT-VALUE}).")
  private String id = "";

  @Option(
      names = "--text",
      defaultValue = "text",
      split = ",",
      paramLabel = "COLUMN",
      description = "The columns to embed, each a part (default: ${DEFAULT-VALUE}).")
  private List<String> texts = new ArrayList<>();

  @Option(names = "--title", paramLabel = "COLUMN", description = "The column of titles.")
  private @Nullable String title;

  @Option(
      names = "--meta",
      split = ",",
      paramLabel = "COLUMN[:TYPE]",
      description =
          "Columns to keep beside each chunk: string (default), int64, float64, bool, timestamp.")
  private List<String> meta = new ArrayList<>();

  EmbedTableCommand() {
    super(Context.NONE);
  }

  @Override
  RecordSource source() {
    return new TableSource(
        new TableColumns(id, texts, title, meta.stream().map(MetaColumn::parse).toList()));
  }
}
