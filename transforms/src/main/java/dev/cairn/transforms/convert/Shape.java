package dev.cairn.transforms.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the values of a column: enough to tell the type that holds them all without
 * loss. Shapes of several files are merged. Memory is that of the names in it. For one thread.
 */
final class Shape {
  /** Kinds of values. */
  private enum Seen {
    BOOL,
    /** Of 53 bits and a sign: exact as float64 too. */
    SHORT_INTEGER,
    /** Of 64 bits. */
    INTEGER,
    /** Of up to 38 digits. */
    LONG_INTEGER,
    /** A number that float64 holds exactly enough to print the same digits. */
    FLOAT,
    /** Any other number. */
    OTHER_NUMBER,
    DATE,
    TEXT,
    LIST,
    OBJECT
  }

  private static final long MAX_SHORT = 1L << 53;
  private static final int MAX_FIELDS = 4096;

  private final Set<Seen> seen = EnumSet.noneOf(Seen.class);
  private boolean nulls;
  private @Nullable Shape element;
  private final Map<String, Shape> fields = new LinkedHashMap<>();

  /** Looks at a value of JSON. */
  void add(JsonNode value) {
    switch (value.getNodeType()) {
      case NULL, MISSING -> nulls = true;
      case BOOLEAN -> seen.add(Seen.BOOL);
      case NUMBER -> seen.add(number(value));
      case STRING -> seen.add(Seen.TEXT);
      case ARRAY -> {
        seen.add(Seen.LIST);
        Shape items = element();
        value.forEach(items::add);
      }
      default -> {
        seen.add(Seen.OBJECT);
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          field(field.getKey()).add(field.getValue());
        }
      }
    }
  }

  /** Looks at a value of CSV, of which all are text: numbers are those that print as they are. */
  void add(@Nullable String text) {
    if (text == null) {
      nulls = true;
    } else {
      seen.add(TextValue.isBool(text) ? Seen.BOOL : textual(text));
    }
  }

  private static Seen textual(String text) {
    if (TextValue.isDate(text)) {
      return Seen.DATE;
    }
    if (TextValue.isInteger(text)) {
      return Math.abs(Long.parseLong(text)) <= MAX_SHORT ? Seen.SHORT_INTEGER : Seen.INTEGER;
    }
    return TextValue.isFloat(text) ? Seen.FLOAT : Seen.TEXT;
  }

  private static Seen number(JsonNode value) {
    if (value.isIntegralNumber()) {
      if (!value.canConvertToLong()) {
        int digits = value.decimalValue().precision();
        return digits <= ColumnType.MAX_PRECISION ? Seen.LONG_INTEGER : Seen.OTHER_NUMBER;
      }
      long number = value.longValue();
      return number <= MAX_SHORT && number >= -MAX_SHORT ? Seen.SHORT_INTEGER : Seen.INTEGER;
    }
    return Exact.wide(value.decimalValue()) == null ? Seen.OTHER_NUMBER : Seen.FLOAT;
  }

  private Shape element() {
    Shape items = element;
    if (items == null) {
      items = new Shape();
      element = items;
    }
    return items;
  }

  private Shape field(String name) {
    Shape field = fields.computeIfAbsent(name, n -> new Shape());
    if (fields.size() > MAX_FIELDS) {
      throw new UnconvertibleException(name, "more than " + MAX_FIELDS + " fields", "at most");
    }
    return field;
  }

  /** Gives a field the shape that was seen of it. */
  void put(String name, Shape shape) {
    seen.add(Seen.OBJECT);
    fields.put(name, shape);
  }

  /** Takes in what was seen elsewhere. */
  void merge(Shape other) {
    seen.addAll(other.seen);
    nulls |= other.nulls;
    if (other.element != null) {
      element().merge(other.element);
    }
    other.fields.forEach((name, shape) -> field(name).merge(shape));
  }

  /** The columns that hold the fields of all objects seen. */
  List<Column> columns(String parent, boolean text) {
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, Shape> field : fields.entrySet()) {
      String path = parent + field.getKey();
      try {
        columns.add(Column.of(field.getKey(), field.getValue().type(path, text), false));
      } catch (IllegalArgumentException e) {
        throw new UnconvertibleException(path, String.valueOf(e.getMessage()), "a column");
      }
    }
    return columns;
  }

  /**
   * The type that holds all values.
   *
   * @param text true where everything was text, and so may be that where nothing else holds all
   */
  private ColumnType type(String path, boolean text) {
    if (seen.isEmpty()) {
      return ColumnType.string();
    }
    if (seen.size() == 1 && seen.contains(Seen.BOOL)) {
      return ColumnType.bool();
    }
    if (EnumSet.of(Seen.SHORT_INTEGER, Seen.INTEGER).containsAll(seen)) {
      return ColumnType.int64();
    }
    if (EnumSet.of(Seen.SHORT_INTEGER, Seen.FLOAT).containsAll(seen)) {
      return ColumnType.float64();
    }
    if (EnumSet.of(Seen.DATE).containsAll(seen)) {
      return ColumnType.date();
    }
    if (text || EnumSet.of(Seen.TEXT).containsAll(seen)) {
      return ColumnType.string();
    }
    if (EnumSet.of(Seen.SHORT_INTEGER, Seen.INTEGER, Seen.LONG_INTEGER).containsAll(seen)) {
      return ColumnType.decimal(ColumnType.MAX_PRECISION, 0);
    }
    if (EnumSet.of(Seen.LIST).containsAll(seen)) {
      return list(path, text);
    }
    if (EnumSet.of(Seen.OBJECT).containsAll(seen) && !fields.isEmpty()) {
      return ColumnType.struct(columns(path + ".", text));
    }
    throw new UnconvertibleException(
        path, "values " + seen + (fields.isEmpty() ? "" : " " + fields.keySet()), "of one type");
  }

  private ColumnType list(String path, boolean text) {
    ColumnType inner = element().type(path + "[]", text);
    return element().nulls ? ColumnType.listOfNullable(inner) : ColumnType.list(inner);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    seen.forEach(kind -> json.withArray("seen").add(kind.name()));
    json.put("nulls", nulls);
    if (element != null) {
      json.set("element", element.toJson());
    }
    if (!fields.isEmpty()) {
      ObjectNode inner = json.putObject("fields");
      fields.forEach((name, shape) -> inner.set(name, shape.toJson()));
    }
    return json;
  }

  static Shape fromJson(JsonNode json) {
    Shape shape = new Shape();
    json.path("seen").forEach(kind -> shape.seen.add(Seen.valueOf(kind.asText())));
    shape.nulls = json.path("nulls").asBoolean();
    if (json.has("element")) {
      shape.element = fromJson(json.path("element"));
    }
    for (Map.Entry<String, JsonNode> field : json.path("fields").properties()) {
      shape.fields.put(field.getKey(), fromJson(field.getValue()));
    }
    return shape;
  }
}
