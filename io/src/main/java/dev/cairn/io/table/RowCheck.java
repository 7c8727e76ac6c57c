package dev.cairn.io.table;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks values against types, counting their bytes. */
final class RowCheck {
  private static final String WHOLE = "";
  private static final long WRONG = -1;
  private static final int DECIMAL_BYTES = 16;

  /** The largest binary16. */
  private static final float MAX_HALF = 65_504;

  private RowCheck() {}

  static long check(List<Column> columns, @Nullable Object[] row) {
    return fields(WHOLE, columns, row);
  }

  private static long fields(String parent, List<Column> columns, @Nullable Object[] row) {
    if (row.length != columns.size()) {
      String name = parent.isEmpty() ? "of the row" : parent;
      throw new InvalidRowException(name, row.length + " values", columns.size() + " expected");
    }
    long bytes = 0;
    for (int i = 0; i < row.length; i++) {
      Column column = columns.get(i);
      Object value = row[i];
      if (value != null) {
        bytes += value(parent, column.name(), column.type(), value);
      } else if (column.required()) {
        throw new InvalidRowException(path(parent, column.name()), "null", "required");
      }
    }
    return bytes;
  }

  private static long value(String parent, String name, ColumnType type, Object value) {
    long bytes =
        switch (type.kind()) {
          case STRING -> value instanceof String text ? text(parent, name, text) : WRONG;
          case INT32 -> value instanceof Integer ? Integer.BYTES : WRONG;
          case INT64 -> value instanceof Long ? Long.BYTES : WRONG;
          case FLOAT64 -> value instanceof Double ? Double.BYTES : WRONG;
          case FLOAT32 -> value instanceof Float ? Float.BYTES : WRONG;
          case BOOL -> value instanceof Boolean ? 1 : WRONG;
          case BINARY -> value instanceof byte[] binary ? binary.length : WRONG;
          case DECIMAL -> value instanceof BigDecimal number ? decimal(type, number) : WRONG;
          case DATE -> value instanceof LocalDate ? Integer.BYTES : WRONG;
          case TIMESTAMP -> value instanceof Long ? Long.BYTES : WRONG;
          case LIST -> value instanceof List<?> list ? list(path(parent, name), type, list) : WRONG;
          case STRUCT ->
              value instanceof Object[] struct
                  ? fields(path(parent, name), type.fields(), struct)
                  : WRONG;
          case VECTOR ->
              value instanceof float[] vector ? vector(path(parent, name), type, vector) : WRONG;
        };
    if (bytes == WRONG) {
      String found = value.getClass().getName();
      throw new InvalidRowException(path(parent, name), found, type.toString());
    }
    return bytes;
  }

  private static long decimal(ColumnType type, BigDecimal number) {
    boolean fits = number.scale() == type.scale() && number.precision() <= type.precision();
    return fits ? DECIMAL_BYTES : WRONG;
  }

  private static long text(String parent, String name, String text) {
    long bytes = Utf8.length(text);
    if (bytes < 0) {
      throw new InvalidRowException(path(parent, name), "a lone surrogate", "text that has UTF-8");
    }
    return bytes;
  }

  private static long list(String path, ColumnType type, List<?> list) {
    long bytes = 0;
    for (Object value : list) {
      if (value != null) {
        bytes += value(path, "element", type.element(), value);
      } else if (!type.hasNullableElements()) {
        throw new InvalidRowException(path, "a null element", "no element is null");
      }
    }
    return bytes;
  }

  private static long vector(String path, ColumnType type, float[] vector) {
    if (vector.length != type.dimension()) {
      throw new InvalidRowException(path, vector.length + " values", type.toString());
    }
    for (float v : vector) {
      if (!Float.isFinite(v)) {
        throw new InvalidRowException(path, "a value of " + v, "finite values");
      }
      if (type.isHalf() && Math.abs(v) > MAX_HALF) {
        throw new InvalidRowException(path, "a value of " + v, "16-bit floats: to " + MAX_HALF);
      }
    }
    return (long) (type.isHalf() ? Short.BYTES : Float.BYTES) * vector.length;
  }

  private static String path(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }
}
