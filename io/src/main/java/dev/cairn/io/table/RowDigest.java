package dev.cairn.io.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of a row: of a canonical encoding in which two rows are equal only if their bytes
 * are.
 *
 * <p>The encoding is the text {@code cairn-row 1}, then the columns, then the values. Numbers are
 * big-endian; a count is four bytes; a text is its UTF-8 length as eight bytes and its UTF-8.
 *
 * <ul>
 *   <li>columns: their count, then for each its name, one byte 1 if required else 0, its type
 *   <li>type: one byte (string 0, int32 1, int64 2, float64 3, bool 4, list 5, struct 6, vector 7,
 *       float32 8, binary 9, decimal 10, date 11, timestamp 12, list with null 13), then for a list
 *       the element's type, for a struct its columns, for a vector its dimension as a count, for a
 *       decimal its digits and its scale as counts, for a timestamp its units a second as eight
 *       bytes and one byte 1 if it is in UTC
 *   <li>value: one byte 0 for null; else one byte 1 and int32 and int64 as four and eight bytes,
 *       float64 as the eight bytes of its IEEE form (one NaN), bool as a byte, float32 as four
 *       bytes, binary as a count and its bytes, a decimal as the text of its unscaled value, a date
 *       as the days since 1970-01-01 in eight bytes, a timestamp as eight bytes, a list as its
 *       count and values, a struct as its values, a vector as four bytes a value
 * </ul>
 *
 * <p>Cardinality is left out: it is no part of what a row says. Immutable and safe for use by
 * several threads.
 */
public final class RowDigest {
  /** In the place of the kind's code: older lists keep theirs. */
  private static final int NULLABLE_LIST = 13;

  private static final String MAGIC = "cairn-row 1";

  private final TableSchema schema;
  private final boolean[] used;

  private RowDigest(TableSchema schema, Set<String> without) {
    this.schema = schema;
    this.used = new boolean[schema.columns().size()];
    for (int i = 0; i < used.length; i++) {
      used[i] = !without.contains(schema.columns().get(i).name());
    }
    without.forEach(schema::indexOf);
  }

  /** A digest over all columns of {@code schema}. */
  public static RowDigest over(TableSchema schema) {
    return new RowDigest(schema, Set.of());
  }

  /**
   * A digest over all columns of {@code schema} but those named.
   *
   * @throws IllegalArgumentException if one of them is no column
   */
  public static RowDigest without(TableSchema schema, Set<String> columns) {
    return new RowDigest(schema, columns);
  }

  /** The digest of one row over all columns: 32 bytes. */
  public static byte[] of(TableSchema schema, @Nullable Object[] row) {
    return over(schema).digest(row);
  }

  /**
   * The digest of one row: 32 bytes. A text of any length is encoded in pieces.
   *
   * @throws InvalidRowException if the row is not of the schema
   */
  public byte[] digest(@Nullable Object[] row) {
    schema.check(row);
    DigestSink out = new DigestSink();
    out.text(MAGIC);
    int count = 0;
    for (boolean use : used) {
      count += use ? 1 : 0;
    }
    out.int32(count);
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        column(out, schema.columns().get(i));
      }
    }
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        value(out, schema.columns().get(i).type(), row[i]);
      }
    }
    return out.digest();
  }

  private static void column(DigestSink out, Column column) {
    out.text(column.name());
    out.int8(column.required() ? 1 : 0);
    type(out, column.type());
  }

  private static void type(DigestSink out, ColumnType type) {
    out.int8(type.hasNullableElements() ? NULLABLE_LIST : type.kind().code());
    switch (type.kind()) {
      case LIST -> type(out, type.element());
      case STRUCT -> {
        out.int32(type.fields().size());
        type.fields().forEach(f -> column(out, f));
      }
      case VECTOR -> out.int32(type.isHalf() ? -type.dimension() : type.dimension());
      case DECIMAL -> {
        out.int32(type.precision());
        out.int32(type.scale());
      }
      case TIMESTAMP -> {
        out.int64(type.unit().perSecond());
        out.int8(type.isUtc() ? 1 : 0);
      }
      default -> {}
    }
  }

  private static void value(DigestSink out, ColumnType type, @Nullable Object value) {
    out.int8(value == null ? 0 : 1);
    if (value == null) {
      return;
    }
    switch (type.kind()) {
      case STRING -> out.text((String) value);
      case INT32 -> out.int32((Integer) value);
      case INT64 -> out.int64((Long) value);
      case FLOAT64 -> out.int64(Double.doubleToLongBits((Double) value));
      case BOOL -> out.int8((Boolean) value ? 1 : 0);
      case LIST -> list(out, type.element(), (List<?>) value);
      case STRUCT -> struct(out, type.fields(), (Object[]) value);
      case VECTOR -> vector(out, (float[]) value);
      case FLOAT32 -> out.int32(Float.floatToIntBits((Float) value));
      case BINARY -> out.binary((byte[]) value);
      case DECIMAL -> out.text(((BigDecimal) value).unscaledValue().toString());
      case DATE -> out.int64(((LocalDate) value).toEpochDay());
      case TIMESTAMP -> out.int64((Long) value);
    }
  }

  private static void list(DigestSink out, ColumnType element, List<?> list) {
    out.int32(list.size());
    list.forEach(v -> value(out, element, v));
  }

  private static void struct(DigestSink out, List<Column> fields, @Nullable Object[] struct) {
    for (int i = 0; i < struct.length; i++) {
      value(out, fields.get(i).type(), struct[i]);
    }
  }

  private static void vector(DigestSink out, float[] vector) {
    for (float v : vector) {
      out.int32(Float.floatToRawIntBits(v));
    }
  }
}
