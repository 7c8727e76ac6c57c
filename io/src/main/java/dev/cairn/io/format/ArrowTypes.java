package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.ColumnType.TimeUnit;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.table.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Our types and Arrow's. What Arrow has beyond ours is read as ours where no value is lost. */
final class ArrowTypes {
  private static final int DECIMAL_BITS = 128;
  private static final String ELEMENT = "element";
  private static final String UTC = "UTC";

  private ArrowTypes() {}

  /** The schema of a file to be written. */
  static Schema schema(TableSchema schema) {
    return new Schema(schema.columns().stream().map(ArrowTypes::field).toList());
  }

  private static Field field(Column column) {
    return field(column.name(), column.type(), !column.required());
  }

  private static Field field(String name, ColumnType type, boolean nullable) {
    List<Field> children =
        switch (type.kind()) {
          case LIST -> List.of(field(ELEMENT, type.element(), type.hasNullableElements()));
          case STRUCT -> type.fields().stream().map(ArrowTypes::field).toList();
          case VECTOR -> List.of(element(type));
          default -> List.of();
        };
    return new Field(name, new FieldType(nullable, arrow(type), null), children);
  }

  private static Field element(ColumnType vector) {
    FloatingPointPrecision precision =
        vector.isHalf() ? FloatingPointPrecision.HALF : FloatingPointPrecision.SINGLE;
    return new Field(
        ELEMENT, new FieldType(false, new ArrowType.FloatingPoint(precision), null), null);
  }

  private static ArrowType arrow(ColumnType type) {
    return switch (type.kind()) {
      case STRING -> ArrowType.Utf8.INSTANCE;
      case INT32 -> new ArrowType.Int(Integer.SIZE, true);
      case INT64 -> new ArrowType.Int(Long.SIZE, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BOOL -> ArrowType.Bool.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
      case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(unit(type.unit()), type.isUtc() ? UTC : null);
      case LIST -> ArrowType.List.INSTANCE;
      case STRUCT -> ArrowType.Struct.INSTANCE;
      case VECTOR -> new ArrowType.FixedSizeList(type.dimension());
    };
  }

  private static org.apache.arrow.vector.types.TimeUnit unit(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> org.apache.arrow.vector.types.TimeUnit.MILLISECOND;
      case MICROS -> org.apache.arrow.vector.types.TimeUnit.MICROSECOND;
      case NANOS -> org.apache.arrow.vector.types.TimeUnit.NANOSECOND;
    };
  }

  /**
   * The schema of a file that is read.
   *
   * @param fields with dictionaries resolved
   * @throws MalformedContentException naming a column whose type is none of ours
   */
  static TableSchema schema(List<Field> fields) throws MalformedContentException {
    List<Column> columns = new ArrayList<>();
    for (Field field : fields) {
      columns.add(column(field, field.getName(), true));
    }
    try {
      return TableSchema.of(columns);
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read table: " + e.getMessage(), e);
    }
  }

  private static Column column(Field field, String path, boolean top)
      throws MalformedContentException {
    ColumnType type = type(field, path, top);
    try {
      return Column.of(field.getName(), type, !field.isNullable());
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read table: " + e.getMessage(), e);
    }
  }

  private static ColumnType type(Field field, String path, boolean top)
      throws MalformedContentException {
    List<Field> children = field.getChildren();
    if (field.getType() instanceof ArrowType.FixedSizeList fixed && top) {
      if (isVector(field, FloatingPointPrecision.SINGLE)) {
        return ColumnType.vector(fixed.getListSize());
      }
      if (isVector(field, FloatingPointPrecision.HALF)) {
        return ColumnType.halfVector(fixed.getListSize());
      }
    }
    try {
      return switch (field.getType().getTypeID()) {
        case List, LargeList, FixedSizeList -> {
          Field element = children.get(0);
          ColumnType inner = type(element, path + "." + ELEMENT, false);
          yield element.isNullable() ? ColumnType.listOfNullable(inner) : ColumnType.list(inner);
        }
        case Struct -> {
          List<Column> columns = new ArrayList<>();
          for (Field child : children) {
            columns.add(column(child, path + "." + child.getName(), false));
          }
          yield ColumnType.struct(columns);
        }
        default -> {
          ColumnType plain = plain(field.getType());
          if (plain == null) {
            throw unknown(path, field.getType());
          }
          yield plain;
        }
      };
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException(
          "Cannot read column: " + path + " " + field.getType() + " (" + e.getMessage() + ")", e);
    }
  }

  private static boolean isVector(Field field, FloatingPointPrecision precision) {
    Field element = field.getChildren().get(0);
    return element.getType() instanceof ArrowType.FloatingPoint number
        && number.getPrecision() == precision
        && !element.isNullable();
  }

  private static @Nullable ColumnType plain(ArrowType type) {
    return switch (type.getTypeID()) {
      case Null, Utf8, LargeUtf8, Utf8View -> ColumnType.string();
      case Binary, LargeBinary, BinaryView, FixedSizeBinary -> ColumnType.binary();
      case Bool -> ColumnType.bool();
      case Int -> integer((ArrowType.Int) type);
      case FloatingPoint ->
          ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.DOUBLE
              ? ColumnType.float64()
              : ColumnType.float32();
      case Decimal -> {
        ArrowType.Decimal decimal = (ArrowType.Decimal) type;
        yield ColumnType.decimal(decimal.getPrecision(), decimal.getScale());
      }
      case Date -> ColumnType.date();
      case Timestamp -> timestamp((ArrowType.Timestamp) type);
      default -> null;
    };
  }

  private static @Nullable ColumnType integer(ArrowType.Int type) {
    int needed = type.getIsSigned() ? type.getBitWidth() : 2 * type.getBitWidth();
    if (needed <= Integer.SIZE) {
      return ColumnType.int32();
    }
    return needed <= Long.SIZE ? ColumnType.int64() : null;
  }

  private static ColumnType timestamp(ArrowType.Timestamp type) {
    boolean utc = type.getTimezone() != null && !type.getTimezone().isEmpty();
    TimeUnit unit =
        switch (type.getUnit()) {
          case SECOND, MILLISECOND -> TimeUnit.MILLIS;
          case MICROSECOND -> TimeUnit.MICROS;
          case NANOSECOND -> TimeUnit.NANOS;
        };
    return ColumnType.timestamp(unit, utc);
  }

  private static MalformedContentException unknown(String path, ArrowType type) {
    return new MalformedContentException(
        "Cannot read column: " + path + " is " + type + " (a type that can be read without loss)");
  }
}
