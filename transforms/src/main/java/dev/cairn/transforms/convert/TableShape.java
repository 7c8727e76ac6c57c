package dev.cairn.transforms.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.format.RowReader;
import dev.cairn.io.format.SchemaJson;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file, or all files of a table, tell of its columns. */
public final class TableShape {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TEXT = "text";
  private static final String SHAPE = "shape";
  private static final String COLUMNS = "columns";

  private final boolean text;
  private final @Nullable Shape shape;
  private final List<Column> columns;

  private TableShape(boolean text, @Nullable Shape shape, List<Column> columns) {
    this.text = text;
    this.shape = shape;
    this.columns = columns;
  }

  /** Reads all objects. */
  static TableShape ofJson(JsonRows objects) throws IOException {
    Shape shape = new Shape();
    for (ObjectNode object = objects.next(); object != null; object = objects.next()) {
      shape.add(object);
    }
    return new TableShape(false, shape, List.of());
  }

  /** Reads all rows of text. */
  static TableShape ofText(RowReader rows) throws IOException {
    List<Column> columns = rows.schema().columns();
    Map<String, Shape> shapes = new LinkedHashMap<>();
    columns.forEach(column -> shapes.put(column.name(), new Shape()));
    List<Shape> inOrder = new ArrayList<>(shapes.values());
    for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
      for (int i = 0; i < row.length; i++) {
        inOrder.get(i).add((String) row[i]);
      }
    }
    Shape whole = new Shape();
    shapes.forEach(whole::put);
    return new TableShape(true, whole, List.of());
  }

  /** The columns that a file has types for. */
  static TableShape ofSchema(TableSchema schema) {
    return new TableShape(false, null, schema.columns());
  }

  /**
   * The shape of two files of one table.
   *
   * @throws UnconvertibleException naming a column that has two types
   */
  public TableShape merge(TableShape other) {
    if (shape != null && other.shape != null && text == other.text) {
      Shape merged = new Shape();
      merged.merge(shape);
      merged.merge(other.shape);
      return new TableShape(text, merged, List.of());
    }
    Map<String, Column> merged = new LinkedHashMap<>();
    schemaColumns().forEach(column -> merged.put(column.name(), column));
    List<String> theirs = other.schemaColumns().stream().map(Column::name).toList();
    for (Column column : other.schemaColumns()) {
      Column ours = merged.get(column.name());
      merged.put(column.name(), ours == null ? optional(column) : both(ours, column));
    }
    merged.replaceAll((name, column) -> theirs.contains(name) ? column : optional(column));
    return new TableShape(false, null, List.copyOf(merged.values()));
  }

  private static Column both(Column a, Column b) {
    boolean required = a.required() && b.required();
    if (MatchedTable.fits(b.type(), a.type())) {
      return new Column(a.name(), a.type(), required, a.cardinality());
    }
    if (MatchedTable.fits(a.type(), b.type())) {
      return new Column(b.name(), b.type(), required, b.cardinality());
    }
    throw new UnconvertibleException(
        a.name(), a.type() + " and " + b.type(), "one type in all files of a folder");
  }

  private static Column optional(Column column) {
    return new Column(column.name(), column.type(), false, column.cardinality());
  }

  private List<Column> schemaColumns() {
    return shape == null ? columns : shape.columns("", text);
  }

  /**
   * The schema that holds all rows.
   *
   * @throws UnconvertibleException naming a column that no type holds, or if there is no column
   */
  public TableSchema schema() {
    try {
      return TableSchema.of(schemaColumns());
    } catch (IllegalArgumentException e) {
      throw new UnconvertibleException("of the table", String.valueOf(e.getMessage()), "a schema");
    }
  }

  /** As text, which {@link #fromJson} reads. */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.put(TEXT, text);
    if (shape == null) {
      json.put(COLUMNS, SchemaJson.write(TableSchema.of(columns)));
    } else {
      json.set(SHAPE, shape.toJson());
    }
    return json.toString();
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws MalformedContentException if it is anything else
   */
  public static TableShape fromJson(String text) throws MalformedContentException {
    try {
      JsonNode json = JSON.readTree(text);
      return json.has(SHAPE)
          ? new TableShape(json.path(TEXT).asBoolean(), Shape.fromJson(json.path(SHAPE)), List.of())
          : ofSchema(SchemaJson.read(json.path(COLUMNS).asText()));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read shape: " + e.getMessage(), e);
    }
  }
}
