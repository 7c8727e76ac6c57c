package dev.cairn.transforms.convert;

import dev.cairn.io.format.RowReader;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.ColumnType.Kind;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table with the columns of another schema, by name: text is read as the type that is
 * wanted, a narrow number as a wide one; a column that the table does not have is null.
 */
final class MatchedTable implements RowReader {
  private final RowReader rows;
  private final TableSchema schema;

  /** For each column of the schema its place in the table, or -1. */
  private final int[] places;

  private final boolean text;
  private long number;

  /**
   * A view of a table.
   *
   * @param text true if the table has nothing but text, as CSV
   */
  MatchedTable(RowReader rows, TableSchema schema, boolean text) {
    this.rows = rows;
    this.schema = schema;
    this.text = text;
    List<Column> columns = schema.columns();
    this.places = new int[columns.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(columns.get(i));
    }
    for (Column column : rows.schema().columns()) {
      if (columns.stream().noneMatch(wanted -> wanted.name().equals(column.name()))) {
        throw new UnconvertibleException(column.name(), "it is in no column", "of the schema");
      }
    }
  }

  private int place(Column wanted) {
    List<Column> columns = rows.schema().columns();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      if (column.name().equals(wanted.name())) {
        if (!text && !fits(column.type(), wanted.type())) {
          throw new UnconvertibleException(
              wanted.name(), column.type().toString(), wanted.type().toString());
        }
        return i;
      }
    }
    if (wanted.required()) {
      throw new UnconvertibleException(wanted.name(), "no such column", "required");
    }
    return -1;
  }

  /** True if every value of one type is one of the other. */
  static boolean fits(ColumnType from, ColumnType to) {
    boolean wider =
        (from.kind() == Kind.INT32 && (to.kind() == Kind.INT64 || to.kind() == Kind.FLOAT64))
            || (from.kind() == Kind.FLOAT32 && to.kind() == Kind.FLOAT64);
    return from.equals(to) || wider;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    @Nullable Object @Nullable [] row = rows.next();
    number++;
    if (row == null) {
      return null;
    }
    @Nullable Object[] values = new Object[places.length];
    for (int i = 0; i < values.length; i++) {
      Column column = schema.columns().get(i);
      Object value = places[i] < 0 ? null : row[places[i]];
      values[i] = value == null ? null : value(column, value);
      if (values[i] == null && column.required()) {
        throw new UnconvertibleException(column.name(), "no value in row " + number, "required");
      }
    }
    return values;
  }

  private Object value(Column column, Object value) {
    if (!text) {
      return widened(column.type(), value);
    }
    Object parsed = TextValue.parse((String) value, column.type());
    if (parsed == null) {
      throw new UnconvertibleException(
          column.name(),
          UnconvertibleException.shown(value) + " in row " + number,
          column.type().toString());
    }
    return parsed;
  }

  private static Object widened(ColumnType type, Object value) {
    if (type.kind() == Kind.INT64 && value instanceof Integer narrow) {
      return narrow.longValue();
    }
    return type.kind() == Kind.FLOAT64 && value instanceof Number narrow
        ? Double.valueOf(narrow.doubleValue())
        : value;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
