package dev.cairn.io.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table, in order. A row is an {@code Object[]} with one value a column in the
 * classes that {@link ColumnType} names, null only where not required. Immutable.
 */
public final class TableSchema implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Columns of a table at most. */
  public static final int MAX_COLUMNS = 4096;

  private final List<Column> columns;

  private TableSchema(List<Column> columns) {
    this.columns = ColumnType.distinct(columns);
    if (columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "Cannot make schema: " + columns.size() + " columns (at most " + MAX_COLUMNS + ")");
    }
  }

  public static TableSchema of(List<Column> columns) {
    return new TableSchema(columns);
  }

  public static Builder builder() {
    return new Builder();
  }

  public List<Column> columns() {
    return columns;
  }

  /**
   * The place of a column in a row.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("Cannot find column: " + name + " (" + names() + ")");
  }

  /** The named columns of this schema, in the order given. */
  public TableSchema project(List<String> names) {
    return of(names.stream().map(n -> columns.get(indexOf(n))).toList());
  }

  /**
   * Checks every value of a row.
   *
   * @return the bytes of its values: UTF-8 bytes, 4 or 8 a number, 1 a boolean; the measure by
   *     which files cut row groups
   * @throws InvalidRowException naming the column that is not of its type
   */
  public long check(@Nullable Object[] row) {
    return RowCheck.check(columns, row);
  }

  private String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof TableSchema other && columns.equals(other.columns);
  }

  @Override
  public int hashCode() {
    return columns.hashCode();
  }

  @Override
  public String toString() {
    return columns.stream().map(Column::toString).collect(Collectors.joining(", ", "(", ")"));
  }

  /** Collects columns in order. */
  public static final class Builder {
    private final List<Column> columns = new ArrayList<>();

    private Builder() {}

    /** Adds a column with the cardinality that {@link Column#of} gives it. */
    public Builder column(String name, ColumnType type, boolean required) {
      columns.add(Column.of(name, type, required));
      return this;
    }

    public Builder column(String name, ColumnType type, boolean required, Cardinality cardinality) {
      columns.add(new Column(name, type, required, cardinality));
      return this;
    }

    public TableSchema build() {
      return new TableSchema(columns);
    }
  }
}
