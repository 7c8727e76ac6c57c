package dev.cairn.transforms.convert;

import dev.cairn.io.format.ArrowTableWriter;
import dev.cairn.io.format.CsvTableWriter;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.format.RowJson;
import dev.cairn.io.format.RowWriter;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** A format that tables are converted to. */
public enum TableFormat {
  /** JSON objects, one a line. */
  JSONL("jsonl"),
  CSV("csv"),
  PARQUET("parquet"),
  /** The Arrow IPC file format. */
  ARROW("arrow"),
  /** The Arrow IPC streaming format. */
  ARROW_STREAM("arrows");

  private static final RowGroups GROUPS = new RowGroups(1 << 16, 64 << 20);

  private final String extension;

  TableFormat(String extension) {
    this.extension = extension;
  }

  /** The ending of its files' names. */
  public String extension() {
    return extension;
  }

  /** The name on the command line: {@code arrow-stream}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Starts a file.
   *
   * @throws dev.cairn.io.table.InvalidRowException naming a column that the format cannot hold
   */
  RowWriter open(OutputStream out, TableSchema schema) throws IOException {
    return switch (this) {
      case JSONL -> new RowJson(out, schema, RowJson.Unfit.REFUSED);
      case CSV -> CsvTableWriter.open(out, schema);
      case PARQUET -> ParquetTableWriter.open(out, schema, GROUPS);
      case ARROW -> ArrowTableWriter.file(out, schema);
      case ARROW_STREAM -> ArrowTableWriter.stream(out, schema);
    };
  }
}
