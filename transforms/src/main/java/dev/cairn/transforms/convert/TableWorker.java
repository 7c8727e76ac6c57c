package dev.cairn.transforms.convert;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.format.ArrowTableReader;
import dev.cairn.io.format.CsvTableReader;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.RowReader;
import dev.cairn.io.format.RowWriter;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.SystemTemp;
import dev.cairn.transforms.record.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a worker does with a file. The result is kept as an action as soon as it is durable, so that
 * a killed run finds it again. A file that cannot be converted is a result too: trying again would
 * not help.
 */
final class TableWorker {
  private final WorkStore store;
  private final TableFiles files;

  TableWorker(WorkStore store, InputRoot root) {
    this.store = store;
    this.files = new TableFiles(store, root);
  }

  private interface Work {
    ConvertedFile into(UnixFsWriter objects) throws IOException, BadRecordException;
  }

  /** Tells the columns of a file. */
  ConvertedFile look(TableTask task) throws IOException {
    return kept(
        task,
        objects -> {
          TableShape shape = files.read(task.file(), (file, bytes) -> shape(task, file, bytes));
          FileWriter out = objects.file();
          out.write(shape.toJson().getBytes(StandardCharsets.UTF_8));
          Written written = out.finish();
          return ConvertedFile.of(written.cid().toString(), 0, written.size(), "");
        });
  }

  /** Writes a file in another format. */
  ConvertedFile convert(TableTask task, TableSchema schema, TableFormat format) throws IOException {
    return kept(
        task,
        objects ->
            files.read(
                task.file(),
                (file, bytes) -> {
                  FileWriter out = objects.file();
                  long rows;
                  try (RowReader table = open(task, file, bytes, schema)) {
                    rows = copy(table, out, schema, format);
                  }
                  Written written = out.finish();
                  return ConvertedFile.of(written.cid().toString(), rows, written.size(), "");
                }));
  }

  private static long copy(RowReader table, FileWriter out, TableSchema schema, TableFormat format)
      throws IOException {
    @Nullable Object @Nullable [] row = table.next();
    if (row == null && format == TableFormat.PARQUET) {
      throw new UnconvertibleException("of the table", "no row", "at least one in Parquet");
    }
    long rows = 0;
    try (RowWriter writer = format.open(out, schema)) {
      for (; row != null; row = table.next()) {
        writer.write(row);
        rows++;
      }
    }
    return rows;
  }

  private ConvertedFile kept(TableTask task, Work work) throws IOException {
    Optional<String> known = store.action(task.getKey());
    if (known.isPresent()) {
      return ConvertedFile.fromJson(known.get());
    }
    ConvertedFile result;
    try (BlockWriter writer = store.newWriter()) {
      result = work.into(new UnixFsWriter(writer, SystemTemp.FOLDER));
      writer.seal();
    } catch (BadRecordException e) {
      result = ConvertedFile.refused(e.reason());
    } catch (MalformedContentException | UnconvertibleException | InvalidRowException e) {
      result = ConvertedFile.refused(String.valueOf(e.getMessage()));
    }
    List<Cid> objects = result.getCid().isEmpty() ? List.of() : List.of(Cid.parse(result.getCid()));
    store.keep(task.getKey(), result.toJson(), objects);
    return result;
  }

  private static TableShape shape(TableTask task, SeekableByteChannel file, InputStream bytes)
      throws IOException {
    return switch (kind(task)) {
      case JSON -> {
        try (JsonRows objects = new JsonRows(bytes)) {
          yield TableShape.ofJson(objects);
        }
      }
      case CSV -> {
        try (RowReader rows = csv(bytes)) {
          yield TableShape.ofText(rows);
        }
      }
      case PARQUET -> {
        try (RowReader rows = ParquetTableReader.open(file)) {
          yield TableShape.ofSchema(rows.schema());
        }
      }
      case ARROW -> {
        try (RowReader rows = ArrowTableReader.open(file)) {
          yield TableShape.ofSchema(rows.schema());
        }
      }
    };
  }

  private static RowReader open(
      TableTask task, SeekableByteChannel file, InputStream bytes, TableSchema schema)
      throws IOException {
    TableFiles.Kind kind = kind(task);
    if (kind == TableFiles.Kind.JSON) {
      return new JsonTable(new JsonRows(bytes), schema);
    }
    RowReader rows =
        switch (kind) {
          case CSV -> csv(bytes);
          case PARQUET -> ParquetTableReader.open(file);
          default -> ArrowTableReader.open(file);
        };
    try {
      return new MatchedTable(rows, schema, kind == TableFiles.Kind.CSV);
    } catch (UnconvertibleException e) {
      try (rows) {
        throw e;
      }
    }
  }

  private static RowReader csv(InputStream bytes) throws IOException {
    CsvTableReader rows = CsvTableReader.open(bytes, columns -> false);
    if (!rows.hasUnnamed()) {
      return rows;
    }
    try (rows) {
      throw new UnconvertibleException("of the table", "one has no name", "a name for each");
    }
  }

  private static TableFiles.Kind kind(TableTask task) {
    return TableFiles.kindOf(task.getPath()).orElseThrow();
  }
}
