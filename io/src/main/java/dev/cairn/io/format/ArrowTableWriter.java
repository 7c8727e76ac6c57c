package dev.cairn.io.format;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.util.Float16;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows as Arrow IPC, file or stream, not compressed, as Hugging Face's {@code datasets} keeps its
 * caches. The same rows give the same bytes. Memory: one batch, outside the heap. The JVM must be
 * started with {@code --add-opens=java.base/java.nio=ALL-UNNAMED}. The stream stays open.
 */
public final class ArrowTableWriter implements RowWriter {
  private static final RowGroups BATCHES = new RowGroups(8192, 32 << 20);

  private final TableSchema schema;
  private final BufferAllocator memory;
  private final VectorSchemaRoot batch;
  private final ArrowWriter out;
  private int rows;
  private long bytes;
  private boolean broken;
  private boolean closed;

  private ArrowTableWriter(OutputStream target, TableSchema schema, boolean file)
      throws IOException {
    this.schema = schema;
    this.memory = new RootAllocator();
    Schema arrow = ArrowTypes.schema(schema);
    this.batch = VectorSchemaRoot.create(arrow, memory);
    WritableByteChannel channel = Channels.newChannel(new KeptOpenStream(target));
    this.out =
        file
            ? new ArrowFileWriter(batch, null, channel)
            : new ArrowStreamWriter(batch, null, channel);
    out.start();
    batch.allocateNew();
  }

  /** Starts a file of the IPC file format, which can be read at any batch. */
  public static ArrowTableWriter file(OutputStream out, TableSchema schema) throws IOException {
    return new ArrowTableWriter(out, schema, true);
  }

  /** Starts a file of the IPC streaming format. */
  public static ArrowTableWriter stream(OutputStream out, TableSchema schema) throws IOException {
    return new ArrowTableWriter(out, schema, false);
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (closed || broken) {
      throw new IOException("Cannot write row: the file is closed or broken");
    }
    long size = schema.check(row);
    broken = true;
    if (BATCHES.full(rows, bytes, size)) {
      endBatch();
    }
    for (int i = 0; i < row.length; i++) {
      Column column = schema.columns().get(i);
      set(batch.getVector(i), column.type(), rows, row[i]);
    }
    rows++;
    bytes += size;
    broken = false;
  }

  private void endBatch() throws IOException {
    batch.setRowCount(rows);
    out.writeBatch();
    batch.clear();
    batch.allocateNew();
    rows = 0;
    bytes = 0;
  }

  private static void set(FieldVector into, ColumnType type, int at, @Nullable Object value) {
    if (value == null) {
      setNull(into, type, at);
      return;
    }
    switch (type.kind()) {
      case STRING ->
          ((VarCharVector) into).setSafe(at, ((String) value).getBytes(StandardCharsets.UTF_8));
      case INT32 -> ((IntVector) into).setSafe(at, (Integer) value);
      case INT64 -> ((BigIntVector) into).setSafe(at, (Long) value);
      case FLOAT32 -> ((Float4Vector) into).setSafe(at, (Float) value);
      case FLOAT64 -> ((Float8Vector) into).setSafe(at, (Double) value);
      case BOOL -> ((BitVector) into).setSafe(at, (Boolean) value ? 1 : 0);
      case BINARY -> ((VarBinaryVector) into).setSafe(at, (byte[]) value);
      case DECIMAL ->
          ((DecimalVector) into).setSafe(at, ((BigDecimal) value).setScale(type.scale()));
      case DATE ->
          ((DateDayVector) into).setSafe(at, Math.toIntExact(((LocalDate) value).toEpochDay()));
      case TIMESTAMP -> ((TimeStampVector) into).setSafe(at, (Long) value);
      case LIST -> {
        ListVector list = (ListVector) into;
        List<?> items = (List<?>) value;
        int start = list.startNewValue(at);
        for (int i = 0; i < items.size(); i++) {
          set(list.getDataVector(), type.element(), start + i, items.get(i));
        }
        list.endValue(at, items.size());
      }
      case STRUCT -> {
        StructVector struct = (StructVector) into;
        @Nullable Object[] values = (Object[]) value;
        struct.setIndexDefined(at);
        for (int i = 0; i < values.length; i++) {
          ColumnType inner = type.fields().get(i).type();
          set((FieldVector) struct.getChildByOrdinal(i), inner, at, values[i]);
        }
      }
      case VECTOR -> {
        FixedSizeListVector list = (FixedSizeListVector) into;
        float[] vector = (float[]) value;
        int start = list.startNewValue(at);
        for (int i = 0; i < vector.length; i++) {
          setElement(list.getDataVector(), start + i, vector[i]);
        }
      }
    }
  }

  private static void setElement(ValueVector into, int at, float value) {
    if (into instanceof Float2Vector halves) {
      halves.setSafe(at, Float16.toFloat16(value));
    } else {
      ((Float4Vector) into).setSafe(at, value);
    }
  }

  /** Children of what is null are set too, so that no byte of the file is left to chance. */
  private static void setNull(FieldVector into, ColumnType type, int at) {
    if (into instanceof StructVector struct) {
      struct.setNull(at);
      for (int i = 0; i < type.fields().size(); i++) {
        set((FieldVector) struct.getChildByOrdinal(i), type.fields().get(i).type(), at, null);
      }
    } else if (into instanceof ListVector list) {
      list.setNull(at);
    } else if (into instanceof FixedSizeListVector list) {
      int start = list.startNewValue(at);
      for (int i = 0; i < type.dimension(); i++) {
        setElement(list.getDataVector(), start + i, 0);
      }
      list.setNull(at);
    } else {
      while (into.getValueCapacity() <= at) {
        into.reAlloc();
      }
      into.setNull(at);
    }
  }

  /** Ends the file, unless a write failed. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (memory;
        batch) {
      if (!broken) {
        if (rows > 0) {
          endBatch();
        }
        out.end();
      }
      out.close();
    }
  }

  /** Arrow closes what it writes to. */
  private static final class KeptOpenStream extends FilterOutputStream {
    KeptOpenStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
