package dev.cairn.io.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.ColumnType.TimeUnit;
import dev.cairn.io.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schema as JSON: a list of columns, each an object with {@code name}, {@code type} and, if no
 * value may be null, {@code "required": true}. A type is a text: {@code string}, {@code int32},
 * {@code int64}, {@code float32}, {@code float64}, {@code bool}, {@code binary}, {@code date},
 * {@code timestamp(micros, utc)}, {@code timestamp(millis)}, {@code decimal(10, 2)}, {@code
 * vector(384)}; or an object: {@code {"list": TYPE}}, with {@code "nulls": true} if elements may be
 * null, or {@code {"struct": COLUMNS}}.
 */
public final class SchemaJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final Map<String, ColumnType> PLAIN =
      Map.of(
          "string", ColumnType.string(),
          "int32", ColumnType.int32(),
          "int64", ColumnType.int64(),
          "float32", ColumnType.float32(),
          "float64", ColumnType.float64(),
          "bool", ColumnType.bool(),
          "binary", ColumnType.binary(),
          "date", ColumnType.date());

  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,2}), ?(\\d{1,2})\\)");
  private static final Pattern TIMESTAMP =
      Pattern.compile("timestamp\\((millis|micros|nanos)(, ?utc)?\\)");
  private static final Pattern VECTOR = Pattern.compile("vector\\((\\d{1,6})(, f16)?\\)");

  private SchemaJson() {}

  /** The schema as one line. */
  public static String write(TableSchema schema) {
    return columns(schema.columns()).toString();
  }

  /**
   * Reads a schema.
   *
   * @throws MalformedContentException naming what is no column
   */
  public static TableSchema read(String json) throws MalformedContentException {
    try {
      return TableSchema.of(columns(JSON.readTree(json), 0));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read schema: " + e.getMessage(), e);
    }
  }

  private static ArrayNode columns(List<Column> columns) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Column column : columns) {
      ObjectNode one = list.addObject().put("name", column.name());
      one.set("type", type(column.type()));
      if (column.required()) {
        one.put("required", true);
      }
      if (column.cardinality() != Column.of("x", column.type(), true).cardinality()) {
        one.put("values", column.cardinality().name().toLowerCase(Locale.ROOT));
      }
    }
    return list;
  }

  private static JsonNode type(ColumnType type) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (type.kind()) {
      case LIST -> {
        ObjectNode list = nodes.objectNode();
        list.set("list", type(type.element()));
        yield type.hasNullableElements() ? list.put("nulls", true) : list;
      }
      case STRUCT -> nodes.objectNode().set("struct", columns(type.fields()));
      default -> nodes.textNode(type.toString());
    };
  }

  private static List<Column> columns(JsonNode json, int depth) {
    List<Column> columns = new ArrayList<>();
    if (!json.isArray() || depth > ColumnType.MAX_DEPTH) {
      throw new IllegalArgumentException("no list of columns, or too deep a one: " + cut(json));
    }
    for (JsonNode one : json) {
      JsonNode name = one.path("name");
      if (!name.isTextual() || !one.has("type")) {
        throw new IllegalArgumentException("no column: " + cut(one) + " (name and type)");
      }
      ColumnType type = type(one.path("type"), depth);
      Column plain = Column.of(name.textValue(), type, one.path("required").asBoolean(false));
      Cardinality values =
          one.has("values")
              ? Cardinality.valueOf(one.path("values").asText().toUpperCase(Locale.ROOT))
              : plain.cardinality();
      columns.add(new Column(plain.name(), type, plain.required(), values));
    }
    return columns;
  }

  private static ColumnType type(JsonNode json, int depth) {
    if (json.has("list") && depth <= ColumnType.MAX_DEPTH) {
      ColumnType element = type(json.path("list"), depth + 1);
      return json.path("nulls").asBoolean(false)
          ? ColumnType.listOfNullable(element)
          : ColumnType.list(element);
    }
    if (json.has("struct")) {
      return ColumnType.struct(columns(json.path("struct"), depth + 1));
    }
    String text = json.asText();
    ColumnType plain = PLAIN.get(text);
    if (plain != null) {
      return plain;
    }
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return ColumnType.decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    Matcher timestamp = TIMESTAMP.matcher(text);
    if (timestamp.matches()) {
      TimeUnit unit = TimeUnit.valueOf(timestamp.group(1).toUpperCase(Locale.ROOT));
      return ColumnType.timestamp(unit, timestamp.group(2) != null);
    }
    Matcher vector = VECTOR.matcher(text);
    if (vector.matches()) {
      int dimension = Integer.parseInt(vector.group(1));
      return vector.group(2) == null
          ? ColumnType.vector(dimension)
          : ColumnType.halfVector(dimension);
    }
    throw new IllegalArgumentException("no type: " + cut(json) + " (see the docs)");
  }

  private static String cut(JsonNode json) {
    String text = json.toString();
    return text.length() <= 100 ? text : text.substring(0, 100) + "...";
  }
}
