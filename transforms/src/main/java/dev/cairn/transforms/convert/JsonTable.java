package dev.cairn.transforms.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.format.RowReader;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects of JSON as rows of a schema. A value that the schema does not hold is refused. */
final class JsonTable implements RowReader {
  private final JsonRows objects;
  private final TableSchema schema;

  JsonTable(JsonRows objects, TableSchema schema) {
    this.objects = objects;
    this.schema = schema;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UnconvertibleException naming the column
   */
  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    ObjectNode object = objects.next();
    return object == null ? null : fields("", schema.columns(), object);
  }

  private @Nullable Object[] fields(String parent, List<Column> columns, JsonNode object) {
    @Nullable Object[] values = new Object[columns.size()];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      JsonNode value = object.get(column.name());
      found += value == null ? 0 : 1;
      values[i] =
          value == null || value.isNull()
              ? null
              : value(parent + column.name(), column.type(), value);
      if (values[i] == null && column.required()) {
        throw refused(parent + column.name(), "no value", "required");
      }
    }
    if (found < object.size()) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (columns.stream().noneMatch(column -> column.name().equals(field.getKey()))) {
          throw refused(parent + field.getKey(), "it is in no column", "of the schema");
        }
      }
    }
    return values;
  }

  private Object value(String path, ColumnType type, JsonNode json) {
    Object value =
        switch (type.kind()) {
          case STRUCT -> json.isObject() ? fields(path + ".", type.fields(), json) : null;
          case LIST -> json.isArray() ? list(path, type, json) : null;
          case VECTOR -> json.isArray() ? vector(type, json) : null;
          default -> plain(type, json);
        };
    if (value == null) {
      throw refused(path, UnconvertibleException.shown(json), type.toString());
    }
    return value;
  }

  private List<@Nullable Object> list(String path, ColumnType type, JsonNode json) {
    List<@Nullable Object> items = new ArrayList<>(json.size());
    for (JsonNode item : json) {
      if (item.isNull() && !type.hasNullableElements()) {
        throw refused(path + "[]", "null", type.toString());
      }
      items.add(item.isNull() ? null : value(path + "[]", type.element(), item));
    }
    return items;
  }

  private static float @Nullable [] vector(ColumnType type, JsonNode json) {
    if (json.size() != type.dimension()) {
      return null;
    }
    float[] vector = new float[json.size()];
    for (int i = 0; i < vector.length; i++) {
      Float value = single(json.get(i));
      if (value == null) {
        return null;
      }
      vector[i] = value;
    }
    return vector;
  }

  private static @Nullable Object plain(ColumnType type, JsonNode json) {
    if (json.isTextual()) {
      boolean textual =
          switch (type.kind()) {
            case STRING, BINARY, DATE, TIMESTAMP, DECIMAL -> true;
            default -> false;
          };
      return textual ? TextValue.parse(json.textValue(), type) : null;
    }
    return switch (type.kind()) {
      case BOOL -> json.isBoolean() ? json.booleanValue() : null;
      case INT32 -> json.isIntegralNumber() && json.canConvertToInt() ? json.intValue() : null;
      case INT64 -> json.isIntegralNumber() && json.canConvertToLong() ? json.longValue() : null;
      case FLOAT32 -> single(json);
      case FLOAT64 -> json.isNumber() ? Exact.wide(json.decimalValue()) : null;
      case DECIMAL -> json.isNumber() ? TextValue.decimal(json.decimalValue(), type) : null;
      default -> null;
    };
  }

  /** The float32 that is written with the same value. */
  private static @Nullable Float single(JsonNode json) {
    return json.isNumber() ? Exact.single(json.decimalValue()) : null;
  }

  private UnconvertibleException refused(String path, String found, String rule) {
    return new UnconvertibleException(path, found + " in record " + objects.number(), rule);
  }

  @Override
  public void close() throws IOException {
    objects.close();
  }
}
