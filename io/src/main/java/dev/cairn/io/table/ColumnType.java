package dev.cairn.io.table;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column's values, and the Java class that holds one:
 *
 * <ul>
 *   <li>string: {@link String} without lone surrogates
 *   <li>int32: {@link Integer}; int64: {@link Long}; float32: {@link Float}; float64: {@link
 *       Double}; bool: {@link Boolean}
 *   <li>binary: {@code byte[]}
 *   <li>decimal: {@link java.math.BigDecimal} of the scale, with at most so many digits
 *   <li>date: {@link java.time.LocalDate}
 *   <li>timestamp: {@link Long}, so many units since 1970-01-01 00:00:00, in UTC or of a clock that
 *       names no zone
 *   <li>list: {@link List} of the element's class, with null only where the type allows it
 *   <li>struct: {@code Object[]} with one value a field, in order
 *   <li>vector: {@code float[]} of the dimension, finite; only as a column, not inside a list or
 *       struct. Of a half vector a file has the nearest 16-bit floats (IEEE 754 binary16)
 * </ul>
 *
 * Immutable.
 */
public final class ColumnType implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Lists and structs inside each other at most: recursion over a type stays shallow. */
  public static final int MAX_DEPTH = 8;

  /** Values of a vector at most: far above any model's, and a row still fits a page. */
  public static final int MAX_DIMENSION = 65_536;

  /** What a value is. */
  public enum Kind {
    STRING(0),
    INT32(1),
    INT64(2),
    FLOAT64(3),
    BOOL(4),
    LIST(5),
    STRUCT(6),
    VECTOR(7),
    FLOAT32(8),
    BINARY(9),
    DECIMAL(10),
    DATE(11),
    TIMESTAMP(12);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The kind's number in {@link RowDigest}'s encoding. */
    int code() {
      return code;
    }
  }

  /** Digits of a decimal at most, as everywhere in the field (128 bits). */
  public static final int MAX_PRECISION = 38;

  /** What a timestamp counts. */
  public enum TimeUnit {
    MILLIS(1_000),
    MICROS(1_000_000),
    NANOS(1_000_000_000);

    private final long perSecond;

    TimeUnit(long perSecond) {
      this.perSecond = perSecond;
    }

    /** How many make a second. */
    public long perSecond() {
      return perSecond;
    }
  }

  private static final ColumnType STRING = new ColumnType(Kind.STRING, null, List.of(), 0);
  private static final ColumnType INT32 = new ColumnType(Kind.INT32, null, List.of(), 0);
  private static final ColumnType INT64 = new ColumnType(Kind.INT64, null, List.of(), 0);
  private static final ColumnType FLOAT64 = new ColumnType(Kind.FLOAT64, null, List.of(), 0);
  private static final ColumnType BOOL = new ColumnType(Kind.BOOL, null, List.of(), 0);
  private static final ColumnType FLOAT32 = new ColumnType(Kind.FLOAT32, null, List.of(), 0);
  private static final ColumnType BINARY = new ColumnType(Kind.BINARY, null, List.of(), 0);
  private static final ColumnType DATE = new ColumnType(Kind.DATE, null, List.of(), 0);

  private final Kind kind;
  private final @Nullable ColumnType element;
  private final List<Column> fields;
  private final int dimension;

  /**
   * A list's: true if an element may be null. A timestamp's: true if it is in UTC. A vector's: true
   * if a file has it in 16-bit floats.
   */
  private final boolean flag;

  /** A decimal's digits behind the point. */
  private final int scale;

  private final @Nullable TimeUnit unit;

  private ColumnType(Kind kind, @Nullable ColumnType element, List<Column> fields, int dimension) {
    this(kind, element, fields, dimension, false, 0, null);
  }

  private ColumnType(
      Kind kind,
      @Nullable ColumnType element,
      List<Column> fields,
      int dimension,
      boolean flag,
      int scale,
      @Nullable TimeUnit unit) {
    this.kind = kind;
    this.element = element;
    this.fields = fields;
    this.dimension = dimension;
    this.flag = flag;
    this.scale = scale;
    this.unit = unit;
  }

  public static ColumnType string() {
    return STRING;
  }

  public static ColumnType int32() {
    return INT32;
  }

  public static ColumnType int64() {
    return INT64;
  }

  public static ColumnType float64() {
    return FLOAT64;
  }

  public static ColumnType bool() {
    return BOOL;
  }

  public static ColumnType float32() {
    return FLOAT32;
  }

  public static ColumnType binary() {
    return BINARY;
  }

  public static ColumnType date() {
    return DATE;
  }

  /**
   * A decimal number.
   *
   * @param precision digits, 1 to {@link #MAX_PRECISION}
   * @param scale digits behind the point, 0 to {@code precision}
   */
  public static ColumnType decimal(int precision, int scale) {
    if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
      throw new IllegalArgumentException(
          "Cannot make decimal type: "
              + precision
              + " digits, "
              + scale
              + " behind the point (1 to "
              + MAX_PRECISION
              + ", the second at most the first)");
    }
    return new ColumnType(Kind.DECIMAL, null, List.of(), precision, false, scale, null);
  }

  /**
   * A point in time.
   *
   * @param utc false for a clock that names no zone
   */
  public static ColumnType timestamp(TimeUnit unit, boolean utc) {
    return new ColumnType(Kind.TIMESTAMP, null, List.of(), 0, utc, 0, unit);
  }

  /** A list whose elements may be null. */
  public static ColumnType listOfNullable(ColumnType element) {
    refuseVector(element);
    return checkDepth(new ColumnType(Kind.LIST, element, List.of(), 0, true, 0, null));
  }

  /** A list whose elements are never null. */
  public static ColumnType list(ColumnType element) {
    refuseVector(element);
    return checkDepth(new ColumnType(Kind.LIST, element, List.of(), 0));
  }

  /** A struct of at least one field, with distinct names. */
  public static ColumnType struct(List<Column> fields) {
    fields.forEach(f -> refuseVector(f.type()));
    return checkDepth(new ColumnType(Kind.STRUCT, null, distinct(fields), 0));
  }

  /** A struct of at least one field, with distinct names. */
  public static ColumnType struct(Column... fields) {
    return struct(List.of(fields));
  }

  /** A vector of {@code dimension} 32-bit floats. */
  public static ColumnType vector(int dimension) {
    return vector(dimension, false);
  }

  /** A vector of {@code dimension} floats that a file has in 16 bits each. */
  public static ColumnType halfVector(int dimension) {
    return vector(dimension, true);
  }

  private static ColumnType vector(int dimension, boolean half) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "Cannot make vector type: dimension " + dimension + " (1 to " + MAX_DIMENSION + ")");
    }
    return new ColumnType(Kind.VECTOR, null, List.of(), dimension, half, 0, null);
  }

  public Kind kind() {
    return kind;
  }

  /** The type of a list's elements. */
  public ColumnType element() {
    if (element == null) {
      throw new IllegalStateException("Cannot name element type: " + this + " (a list)");
    }
    return element;
  }

  /** The fields of a struct; empty for other kinds. */
  public List<Column> fields() {
    return fields;
  }

  /** The number of values of a vector; 0 for other kinds. */
  public int dimension() {
    return kind == Kind.VECTOR ? dimension : 0;
  }

  /** True for a vector that a file has in 16-bit floats. */
  public boolean isHalf() {
    return kind == Kind.VECTOR && flag;
  }

  /** True for a list whose elements may be null. */
  public boolean hasNullableElements() {
    return kind == Kind.LIST && flag;
  }

  /** Digits of a decimal; 0 for other kinds. */
  public int precision() {
    return kind == Kind.DECIMAL ? dimension : 0;
  }

  /** Digits behind the point of a decimal; 0 for other kinds. */
  public int scale() {
    return scale;
  }

  /** What a timestamp counts. */
  public TimeUnit unit() {
    if (unit == null) {
      throw new IllegalStateException("Cannot name unit: " + this + " (a timestamp)");
    }
    return unit;
  }

  /** True for a timestamp in UTC. */
  public boolean isUtc() {
    return kind == Kind.TIMESTAMP && flag;
  }

  static List<Column> distinct(List<Column> columns) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "Cannot make columns: " + column.name() + " (a name once)");
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("Cannot make columns: none (at least one)");
    }
    return List.copyOf(columns);
  }

  private static void refuseVector(ColumnType inner) {
    if (inner.kind == Kind.VECTOR) {
      throw new IllegalArgumentException("Cannot nest type: " + inner + " (a column of its own)");
    }
  }

  private static ColumnType checkDepth(ColumnType type) {
    if (type.depth() > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "Cannot nest type: " + type.depth() + " levels (at most " + MAX_DEPTH + ")");
    }
    return type;
  }

  private int depth() {
    int inner = element == null ? 0 : element.depth();
    for (Column field : fields) {
      inner = Math.max(inner, field.type().depth());
    }
    return kind == Kind.LIST || kind == Kind.STRUCT ? inner + 1 : inner;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ColumnType other
        && kind == other.kind
        && dimension == other.dimension
        && flag == other.flag
        && scale == other.scale
        && unit == other.unit
        && fields.equals(other.fields)
        && Objects.equals(element, other.element);
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, dimension, flag, scale, unit, fields, element);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return switch (kind) {
      case LIST -> name + "<" + element + (flag ? " or null>" : ">");
      case STRUCT ->
          fields.stream().map(Column::toString).collect(Collectors.joining(", ", name + "<", ">"));
      case VECTOR -> name + "(" + dimension + (flag ? ", f16)" : ")");
      case DECIMAL -> name + "(" + dimension + ", " + scale + ")";
      case TIMESTAMP ->
          name + "(" + unit().name().toLowerCase(Locale.ROOT) + (flag ? ", utc)" : ")");
      default -> name;
    };
  }
}
