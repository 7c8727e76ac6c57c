package dev.cairn.io.format;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Takes values of one place in the schema apart into leaf columns, with their repetition and
 * definition levels (Parquet specification, "Nested encoding"). Values are already checked.
 */
interface ValueSink {
  /** Where repetition or definition starts for a value of a row. */
  int NONE = 0;

  /** Writes a value that is there. */
  void write(Object value, int repetition, int definition);

  /** Writes that there is no value: the definition level says at which ancestor it ended. */
  void writeNull(int repetition, int definition);

  /** The sink of a column, over the leaf writers of {@code leaves}. */
  static ValueSink of(
      MessageType file, Column column, Function<ColumnDescriptor, ColumnWriter> leaves) {
    return field(file, column, List.of(), NONE, leaves);
  }

  private static ValueSink field(
      MessageType file,
      Column column,
      List<String> parents,
      int repetition,
      Function<ColumnDescriptor, ColumnWriter> leaves) {
    List<String> path = append(parents, column.name());
    ValueSink sink = type(file, column.type(), path, repetition, leaves);
    return column.required() ? sink : new Optional(sink);
  }

  private static ValueSink type(
      MessageType file,
      ColumnType type,
      List<String> path,
      int repetition,
      Function<ColumnDescriptor, ColumnWriter> leaves) {
    return switch (type.kind()) {
      case STRUCT ->
          new Struct(
              type.fields().stream().map(f -> field(file, f, path, repetition, leaves)).toList());
      case LIST -> {
        List<String> inner = append(append(path, "list"), "element");
        ValueSink element = type(file, type.element(), inner, repetition + 1, leaves);
        yield new ListOf(
            type.hasNullableElements() ? new Optional(element) : element, repetition + 1);
      }
      case VECTOR ->
          throw new IllegalArgumentException("Cannot split vector: " + path + " (whole)");
      default -> {
        String[] names = path.toArray(String[]::new);
        yield new Leaf(type.kind(), leaves.apply(file.getColumnDescription(names)));
      }
    };
  }

  private static List<String> append(List<String> path, String name) {
    List<String> longer = new ArrayList<>(path);
    longer.add(name);
    return longer;
  }

  /** A value that may be missing: there is one definition level more when it is there. */
  record Optional(ValueSink inner) implements ValueSink {
    @Override
    public void write(Object value, int repetition, int definition) {
      inner.write(value, repetition, definition + 1);
    }

    @Override
    public void writeNull(int repetition, int definition) {
      inner.writeNull(repetition, definition);
    }
  }

  /** Fields side by side. */
  record Struct(List<ValueSink> fields) implements ValueSink {
    @Override
    public void write(Object value, int repetition, int definition) {
      @Nullable Object[] values = (Object[]) value;
      for (int i = 0; i < values.length; i++) {
        Object field = values[i];
        if (field == null) {
          fields.get(i).writeNull(repetition, definition);
        } else {
          fields.get(i).write(field, repetition, definition);
        }
      }
    }

    @Override
    public void writeNull(int repetition, int definition) {
      fields.forEach(f -> f.writeNull(repetition, definition));
    }
  }

  /** Elements one after another: the first repeats what the list repeats, the others the list. */
  record ListOf(ValueSink element, int level) implements ValueSink {
    @Override
    public void write(Object value, int repetition, int definition) {
      List<?> list = (List<?>) value;
      if (list.isEmpty()) {
        element.writeNull(repetition, definition);
        return;
      }
      int next = repetition;
      for (Object item : list) {
        if (item == null) {
          element.writeNull(next, definition + 1);
        } else {
          element.write(item, next, definition + 1);
        }
        next = level;
      }
    }

    @Override
    public void writeNull(int repetition, int definition) {
      element.writeNull(repetition, definition);
    }
  }

  /** The unscaled value in two's complement, big-endian, at its full length. */
  private static Binary decimal(BigDecimal number) {
    byte[] digits = number.unscaledValue().toByteArray();
    byte[] whole = new byte[FileSchema.DECIMAL_BYTES];
    Arrays.fill(whole, (byte) (digits[0] < 0 ? -1 : 0));
    System.arraycopy(digits, 0, whole, whole.length - digits.length, digits.length);
    return Binary.fromConstantByteArray(whole);
  }

  /** A column of the file. */
  record Leaf(ColumnType.Kind kind, ColumnWriter out) implements ValueSink {
    @Override
    public void write(Object value, int repetition, int definition) {
      switch (kind) {
        case STRING -> out.write(Binary.fromString((String) value), repetition, definition);
        case INT32 -> out.write((int) (Integer) value, repetition, definition);
        case INT64 -> out.write((long) (Long) value, repetition, definition);
        case FLOAT64 -> out.write((double) (Double) value, repetition, definition);
        case FLOAT32 -> out.write((float) (Float) value, repetition, definition);
        case BOOL -> out.write((boolean) (Boolean) value, repetition, definition);
        case BINARY ->
            out.write(Binary.fromConstantByteArray((byte[]) value), repetition, definition);
        case DECIMAL -> out.write(decimal((BigDecimal) value), repetition, definition);
        case DATE ->
            out.write(Math.toIntExact(((LocalDate) value).toEpochDay()), repetition, definition);
        case TIMESTAMP -> out.write((long) (Long) value, repetition, definition);
        default -> throw new IllegalStateException("Cannot write leaf: " + kind);
      }
    }

    @Override
    public void writeNull(int repetition, int definition) {
      out.writeNull(repetition, definition);
    }
  }
}
