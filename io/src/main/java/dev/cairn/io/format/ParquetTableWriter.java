package dev.cairn.io.format;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as a Parquet file, one after another, to a stream. The same schema, bounds and rows
 * give the same bytes on every machine: settings are fixed and nothing of clock, host or chance is
 * in the file.
 *
 * <p>zstd, format version 1 pages of about 1 MiB with page index and checksums, dictionaries where
 * {@link Cardinality} says so, {@code ARROW:schema} in the footer. Memory is one row group,
 * compressed, and a page a column. For one thread.
 */
public final class ParquetTableWriter implements RowWriter {
  /** Characters of minimum and maximum that are kept: enough to tell ids apart. */
  private static final int BOUND_BYTES = 64;

  private final TableSchema schema;
  private final RowGroups bounds;
  private final MessageType fileSchema;
  private final ParquetProperties properties;
  private final BytesInputCompressor compressor;
  private final StreamOutput out;
  private final ParquetFileWriter file;
  private @Nullable RowGroupBuffer group;
  private long rows;
  private boolean broken;
  private boolean closed;

  private ParquetTableWriter(OutputStream target, TableSchema schema, RowGroups bounds)
      throws IOException {
    this.schema = schema;
    this.bounds = bounds;
    this.fileSchema = FileSchema.of(schema);
    this.properties = properties(schema, fileSchema);
    this.out = new StreamOutput(target);
    this.file =
        new ParquetFileWriter(
            out, fileSchema, ParquetFileWriter.Mode.CREATE, Long.MAX_VALUE, 0, null, properties);
    file.start();
    this.compressor = new PageCodecs.Compressor(PageCodecs.LEVEL);
  }

  /**
   * Starts a file.
   *
   * @param out where its bytes go; stays open, and is flushed at the end
   */
  public static ParquetTableWriter open(OutputStream out, TableSchema schema, RowGroups bounds)
      throws IOException {
    return new ParquetTableWriter(out, schema, bounds);
  }

  private static ParquetProperties properties(TableSchema schema, MessageType file) {
    ParquetProperties.Builder builder =
        ParquetProperties.builder()
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
            .withStatisticsTruncateLength(BOUND_BYTES)
            .withColumnIndexTruncateLength(BOUND_BYTES)
            .withMinRowCountForPageSizeCheck(1);
    for (ColumnDescriptor leaf : file.getColumns()) {
      Column column = schema.columns().get(schema.indexOf(leaf.getPath()[0]));
      String path = String.join(".", leaf.getPath());
      builder.withDictionaryEncoding(path, column.cardinality() == Cardinality.REPEATED);
      builder.withStatisticsEnabled(path, column.cardinality() != Cardinality.LARGE);
    }
    return builder.build();
  }

  /**
   * Adds a row.
   *
   * @throws InvalidRowException if it is not of the schema; nothing is written then, and the next
   *     row may follow
   */
  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (closed || broken) {
      throw new IOException("Cannot write row: " + rows + " (the file is closed or broken)");
    }
    long bytes = schema.check(row);
    broken = true;
    if (group != null && bounds.full(group.rows(), group.bytes(), bytes)) {
      endGroup(group);
    }
    if (group == null) {
      group = new RowGroupBuffer(schema, fileSchema, properties, compressor);
    }
    group.write(row, bytes);
    rows++;
    broken = false;
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** Bytes that the file has so far: those of its finished row groups; all of them once closed. */
  public long bytes() {
    return out.getPos();
  }

  /**
   * Ends the file. After a write that failed it only gives up buffers: the stream then holds no
   * whole file.
   *
   * @throws IOException if there was no row: a file without rows breaks readers, so none is written
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      finish();
    } finally {
      compressor.release();
    }
  }

  private void finish() throws IOException {
    if (broken) {
      return;
    }
    if (group == null) {
      throw new IOException("Cannot end table: no row (write no file instead)");
    }
    endGroup(group);
    file.end(Map.of(ArrowFooter.KEY, ArrowFooter.of(schema)));
  }

  private void endGroup(RowGroupBuffer ended) throws IOException {
    ended.flushTo(file);
    ended.release();
    group = null;
  }
}
