package dev.cairn.io.format;

import dev.cairn.io.table.ColumnType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.memory.util.Float16;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a vector column, built a whole vector at a time: plain values behind run-length
 * levels, without minimum and maximum. Value by value through a column writer takes several times
 * as long (measured).
 */
final class VectorPages {
  /** Bytes of a page at most, unless one vector is larger. */
  private static final int PAGE_BYTES = ParquetProperties.DEFAULT_PAGE_SIZE;

  private final ColumnDescriptor column;
  private final ParquetProperties properties;
  private final PageWriter out;
  private final int dimension;
  private final boolean half;
  private final int vectorBytes;
  private final ByteBuffer values;
  private RunLengthBitPackingHybridEncoder repetitions;
  private RunLengthBitPackingHybridEncoder definitions;
  private int rows;
  private int levels;

  VectorPages(
      ColumnDescriptor column, ColumnType type, ParquetProperties properties, PageWriter out) {
    this.column = column;
    this.properties = properties;
    this.out = out;
    this.dimension = type.dimension();
    this.half = type.isHalf();
    this.vectorBytes = (half ? Short.BYTES : Float.BYTES) * dimension;
    int perPage = Math.max(1, PAGE_BYTES / vectorBytes);
    this.values = ByteBuffer.allocate(perPage * vectorBytes).order(ByteOrder.LITTLE_ENDIAN);
    this.repetitions = properties.newRepetitionLevelEncoder(column);
    this.definitions = properties.newDefinitionLevelEncoder(column);
  }

  void write(@Nullable Object value) throws IOException {
    if (value == null) {
      level(0, 0);
    } else {
      for (int i = 0; i < dimension; i++) {
        level(i == 0 ? 0 : column.getMaxRepetitionLevel(), column.getMaxDefinitionLevel());
      }
      put((float[]) value);
    }
    rows++;
    if (values.remaining() < vectorBytes || levels >= PAGE_BYTES) {
      endPage();
    }
  }

  private void put(float[] vector) {
    if (half) {
      for (float value : vector) {
        values.putShort(Float16.toFloat16(value));
      }
    } else {
      values.asFloatBuffer().put(vector);
      values.position(values.position() + vectorBytes);
    }
  }

  /** Writes what has not been written yet. */
  void flush() throws IOException {
    if (rows > 0) {
      endPage();
    }
  }

  private void level(int repetition, int definition) throws IOException {
    repetitions.writeInt(repetition);
    definitions.writeInt(definition);
    levels++;
  }

  private void endPage() throws IOException {
    BytesInput repeated = repetitions.toBytes();
    BytesInput defined = definitions.toBytes();
    BytesInput page =
        BytesInput.concat(
            BytesInput.fromInt((int) repeated.size()),
            repeated,
            BytesInput.fromInt((int) defined.size()),
            defined,
            BytesInput.from(values.array(), 0, values.position()));
    Statistics<?> none = Statistics.getBuilderForReading(column.getPrimitiveType()).build();
    out.writePage(page, levels, rows, none, Encoding.RLE, Encoding.RLE, Encoding.PLAIN);
    repetitions.close();
    definitions.close();
    repetitions = properties.newRepetitionLevelEncoder(column);
    definitions = properties.newDefinitionLevelEncoder(column);
    values.clear();
    rows = 0;
    levels = 0;
  }
}
