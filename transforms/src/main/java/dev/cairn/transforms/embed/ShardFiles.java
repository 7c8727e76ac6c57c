package dev.cairn.transforms.embed;

import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.Closeable;
import java.io.IOException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one shard while they are written: one a table, started with its first row. A table
 * without rows has no file, because readers fail on a Parquet file without a row group.
 */
public final class ShardFiles implements Closeable {
  /** Rows in a row group of chunks: some 8 MiB of vectors and text. */
  private static final RowGroups CHUNK_GROUPS = RowGroups.rows(4096);

  /** Bytes in a row group of whole texts. */
  private static final RowGroups DOCUMENT_GROUPS = RowGroups.bytes(64 << 20);

  private static final class Table {
    final FileWriter file;
    final ParquetTableWriter rows;

    Table(FileWriter file, ParquetTableWriter rows) {
      this.file = file;
      this.rows = rows;
    }
  }

  private final UnixFsWriter objects;
  private final TreeMap<String, Table> tables = new TreeMap<>();

  /** Writes files into {@code objects}; sealing the writer below is the caller's. */
  public ShardFiles(UnixFsWriter objects) {
    this.objects = objects;
  }

  /** The row groups of a table's files. */
  public static RowGroups groups(String table) {
    return table.equals(ShardReceipt.DOCUMENTS) ? DOCUMENT_GROUPS : CHUNK_GROUPS;
  }

  /** Appends a row to a table. */
  public void add(String table, TableSchema schema, @Nullable Object[] row) throws IOException {
    Table open = tables.get(table);
    if (open == null) {
      FileWriter file = objects.file();
      open = new Table(file, ParquetTableWriter.open(file, schema, groups(table)));
      tables.put(table, open);
    }
    open.rows.write(row);
  }

  /** Ends all files; the folder that holds them, each named by its table. */
  public Written finish() throws IOException {
    DirectoryWriter folder = objects.directory();
    for (var table : tables.entrySet()) {
      table.getValue().rows.close();
      folder.add(table.getKey() + ".parquet", table.getValue().file.finish());
    }
    tables.clear();
    return folder.finish();
  }

  /** Lets go of what was not finished. */
  @Override
  public void close() {
    tables.clear();
  }
}
