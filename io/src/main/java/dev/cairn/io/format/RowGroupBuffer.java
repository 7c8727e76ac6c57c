package dev.cairn.io.format;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The rows of one row group, held as compressed pages until the group ends. */
final class RowGroupBuffer {
  /** Takes the value of one column. */
  private interface CellSink {
    void write(@Nullable Object value) throws IOException;
  }

  private final ColumnChunkPageWriteStore pages;
  private final ColumnWriteStore columns;
  private final List<VectorPages> vectors = new ArrayList<>();
  private final List<CellSink> cells = new ArrayList<>();
  private long rows;
  private long bytes;

  RowGroupBuffer(
      TableSchema schema,
      MessageType file,
      ParquetProperties properties,
      BytesInputCompressor compressor) {
    this.pages =
        ColumnChunkPageWriteStore.builder()
            .withCompressorProvider(column -> compressor)
            .withSchema(file)
            .withAllocator(properties.getAllocator())
            .withColumnIndexTruncateLength(properties.getColumnIndexTruncateLength())
            .withPageWriteChecksumEnabled(properties.getPageWriteChecksumEnabled())
            .build();
    this.columns = properties.newColumnWriteStore(withoutVectors(schema, file), pages);
    for (Column column : schema.columns()) {
      cells.add(cell(file, column, properties));
    }
  }

  private CellSink cell(MessageType file, Column column, ParquetProperties properties) {
    if (column.type().kind() == ColumnType.Kind.VECTOR) {
      ColumnDescriptor leaf =
          file.getColumnDescription(new String[] {column.name(), "list", "element"});
      VectorPages vector =
          new VectorPages(leaf, column.type(), properties, pages.getPageWriter(leaf));
      vectors.add(vector);
      return vector::write;
    }
    ValueSink sink = ValueSink.of(file, column, columns::getColumnWriter);
    return value -> {
      if (value == null) {
        sink.writeNull(ValueSink.NONE, ValueSink.NONE);
      } else {
        sink.write(value, ValueSink.NONE, ValueSink.NONE);
      }
    };
  }

  private static MessageType withoutVectors(TableSchema schema, MessageType file) {
    List<Type> rest = new ArrayList<>();
    for (Column column : schema.columns()) {
      if (column.type().kind() != ColumnType.Kind.VECTOR) {
        rest.add(file.getType(column.name()));
      }
    }
    return new MessageType(file.getName(), rest);
  }

  long rows() {
    return rows;
  }

  long bytes() {
    return bytes;
  }

  void write(@Nullable Object[] row, long rowBytes) throws IOException {
    for (int i = 0; i < row.length; i++) {
      cells.get(i).write(row[i]);
    }
    columns.endRecord();
    rows++;
    bytes += rowBytes;
  }

  /** Writes the group to the file. */
  void flushTo(ParquetFileWriter file) throws IOException {
    file.startBlock(rows);
    columns.flush();
    for (VectorPages vector : vectors) {
      vector.flush();
    }
    pages.flushToFileWriter(file);
    file.endBlock();
  }

  /** Gives up buffers. */
  void release() {
    columns.close();
    pages.close();
  }
}
