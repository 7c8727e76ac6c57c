package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.jspecify.annotations.Nullable;

/** Puts rows together from the values that Parquet hands out column by column. */
final class RowAssembly extends RecordMaterializer<@Nullable Object[]> {
  private final Fields root;
  private @Nullable Object[] row = new Object[0];

  RowAssembly(TableSchema schema) {
    this.root = new Fields(schema.columns(), done -> row = done);
  }

  @Override
  public @Nullable Object[] getCurrentRecord() {
    return row;
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }

  static UncheckedIOException malformed(String name, String found, String rule) {
    return new UncheckedIOException(
        new MalformedContentException(
            "Cannot read column: " + name + " (" + found + "; " + rule + ")"));
  }

  private static Converter converter(String name, ColumnType type, Consumer<Object> up) {
    return switch (type.kind()) {
      case STRUCT -> new Fields(type.fields(), up::accept);
      case LIST ->
          new ListAssembly(
              name, type.hasNullableElements(), item -> converter(name, type.element(), item), up);
      case VECTOR -> new VectorAssembly(name, type.dimension(), up);
      default -> new LeafAssembly(name, type, up);
    };
  }

  /** The values of a row or a struct, null where none came. */
  private static final class Fields extends GroupConverter {
    private final Converter[] converters;
    private final Consumer<@Nullable Object[]> up;
    private @Nullable Object[] values = new Object[0];

    Fields(List<Column> columns, Consumer<@Nullable Object[]> up) {
      this.up = up;
      this.converters = new Converter[columns.size()];
      for (int i = 0; i < converters.length; i++) {
        int at = i;
        Column column = columns.get(i);
        converters[i] = converter(column.name(), column.type(), v -> values[at] = v);
      }
    }

    @Override
    public Converter getConverter(int field) {
      return converters[field];
    }

    @Override
    public void start() {
      values = new Object[converters.length];
    }

    @Override
    public void end() {
      up.accept(values);
    }
  }
}
