package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a table's columns in a file's Parquet schema, or refuses a column by its name. */
final class FileColumns {
  private static final Logger LOG = LoggerFactory.getLogger(FileColumns.class);
  private static final String RULE =
      "string, binary, a signed or small number, decimal, bool, date, timestamp, list or struct";

  /** Bits of the largest unsigned number that fits the next larger signed type. */
  private static final int UNSIGNED_BITS = 32;

  private final MessageType file;
  private final Map<String, Integer> dimensions;

  /**
   * @param dimensions of the columns that are vectors, where the file says so
   */
  FileColumns(MessageType file, Map<String, Integer> dimensions) {
    this.file = file;
    this.dimensions = dimensions;
  }

  /** All columns of the file. */
  TableSchema all() throws MalformedContentException {
    List<Column> columns = new ArrayList<>();
    for (Type field : file.getFields()) {
      columns.add(column(field));
    }
    return TableSchema.of(columns);
  }

  /** The columns of the file that can be read; a list of one length is any list then. */
  TableSchema readable() throws MalformedContentException {
    List<Column> columns = new ArrayList<>();
    for (Type field : file.getFields()) {
      try {
        columns.add(column(field.getName(), field));
      } catch (MalformedContentException e) {
        LOG.debug("A column is passed over: {}", e.getMessage());
      }
    }
    if (columns.isEmpty()) {
      throw new MalformedContentException("Cannot read column: any (" + RULE + ")");
    }
    return TableSchema.of(columns);
  }

  private Column column(Type field) throws MalformedContentException {
    Integer dimension = dimensions.get(field.getName());
    return dimension == null
        ? column(field.getName(), field)
        : vector(field.getName(), field, dimension);
  }

  /**
   * The wanted columns as Parquet types of this file, in the order wanted.
   *
   * @throws MalformedContentException if one is missing or of another type
   */
  MessageType select(TableSchema wanted) throws MalformedContentException {
    List<Type> types = new ArrayList<>();
    for (Column column : wanted.columns()) {
      if (!file.containsField(column.name())) {
        throw refusal(column.name(), "missing", "a column of the file");
      }
      Type found = file.getType(column.name());
      boolean vector = column.type().kind() == ColumnType.Kind.VECTOR;
      Column there =
          vector ? vector(column.name(), found, dimension(column)) : column(column.name(), found);
      if (!fits(there, column)) {
        throw refusal(column.name(), there.toString(), column.toString());
      }
      types.add(found);
    }
    return new MessageType(file.getName(), types);
  }

  private int dimension(Column column) {
    return dimensions.getOrDefault(column.name(), column.type().dimension());
  }

  /** A column may be read as one that allows more nulls, 16-bit floats as others. */
  private static boolean fits(Column found, Column wanted) {
    return (found.required() || !wanted.required()) && fits(found.type(), wanted.type());
  }

  private static boolean fits(ColumnType found, ColumnType wanted) {
    if (found.kind() != wanted.kind()
        || (wanted.isHalf() && !found.isHalf())
        || found.dimension() != wanted.dimension()
        || found.precision() != wanted.precision()
        || found.scale() != wanted.scale()
        || found.isUtc() != wanted.isUtc()
        || found.fields().size() != wanted.fields().size()) {
      return false;
    }
    if (found.kind() == ColumnType.Kind.TIMESTAMP && found.unit() != wanted.unit()) {
      return false;
    }
    if (found.kind() == ColumnType.Kind.LIST) {
      return fits(found.element(), wanted.element());
    }
    for (int i = 0; i < found.fields().size(); i++) {
      Column a = found.fields().get(i);
      Column b = wanted.fields().get(i);
      if (!a.name().equals(b.name()) || !fits(a, b)) {
        return false;
      }
    }
    return true;
  }

  private static Column column(String path, Type type) throws MalformedContentException {
    if (type.isRepetition(Repetition.REPEATED)) {
      throw refusal(path, "repeated without a list", RULE);
    }
    try {
      return Column.of(
          type.getName(), columnType(path, type), type.isRepetition(Repetition.REQUIRED));
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException(
          "Cannot read column: " + path + " (" + e.getMessage() + ")", e);
    }
  }

  private static ColumnType columnType(String path, Type type) throws MalformedContentException {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    if (type.isPrimitive()) {
      return primitive(path, type.asPrimitiveType());
    }
    if (logical instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
      Type element = element(path, type.asGroupType());
      ColumnType inner = columnType(path + ".element", element);
      return element.isRepetition(Repetition.REQUIRED)
          ? ColumnType.list(inner)
          : ColumnType.listOfNullable(inner);
    }
    if (logical != null) {
      throw refusal(path, type.toString(), RULE);
    }
    List<Column> fields = new ArrayList<>();
    for (Type field : type.asGroupType().getFields()) {
      fields.add(column(path + "." + field.getName(), field));
    }
    return ColumnType.struct(fields);
  }

  private static ColumnType primitive(String path, PrimitiveType type)
      throws MalformedContentException {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    ColumnType found =
        logical == null ? plain(type.getPrimitiveTypeName()) : annotated(type, logical);
    if (found == null) {
      throw refusal(path, type.toString(), RULE);
    }
    return found;
  }

  private static @Nullable ColumnType plain(PrimitiveTypeName name) {
    return switch (name) {
      case INT32 -> ColumnType.int32();
      case INT64 -> ColumnType.int64();
      case FLOAT -> ColumnType.float32();
      case DOUBLE -> ColumnType.float64();
      case BOOLEAN -> ColumnType.bool();
      case BINARY, FIXED_LEN_BYTE_ARRAY -> ColumnType.binary();
      case INT96 -> ColumnType.timestamp(ColumnType.TimeUnit.NANOS, true);
    };
  }

  private static @Nullable ColumnType annotated(PrimitiveType type, LogicalTypeAnnotation logical) {
    PrimitiveTypeName name = type.getPrimitiveTypeName();
    if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
        || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
      return ColumnType.string();
    }
    if (logical instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation number) {
      return integer(name, number);
    }
    if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
      boolean fits = decimal.getPrecision() <= ColumnType.MAX_PRECISION;
      return fits ? ColumnType.decimal(decimal.getPrecision(), decimal.getScale()) : null;
    }
    if (logical instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation) {
      return ColumnType.float32();
    }
    if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
      return ColumnType.date();
    }
    if (logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation time) {
      return ColumnType.timestamp(
          ColumnType.TimeUnit.valueOf(time.getUnit().name()), time.isAdjustedToUTC());
    }
    return null;
  }

  private static @Nullable ColumnType integer(
      PrimitiveTypeName name, LogicalTypeAnnotation.IntLogicalTypeAnnotation number) {
    if (number.isSigned()) {
      return plain(name);
    }
    if (number.getBitWidth() > UNSIGNED_BITS) {
      return null;
    }
    return number.getBitWidth() == UNSIGNED_BITS ? ColumnType.int64() : ColumnType.int32();
  }

  private static Column vector(String path, Type type, int dimension)
      throws MalformedContentException {
    boolean list =
        !type.isPrimitive()
            && type.getLogicalTypeAnnotation()
                instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation;
    Type element = list ? element(path, type.asGroupType()) : type;
    boolean single =
        element.isPrimitive()
            && element.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
    boolean half =
        element.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
    if (!list || !(single || half)) {
      throw refusal(path, type.toString(), "a list of floats");
    }
    return Column.of(
        type.getName(),
        half ? ColumnType.halfVector(dimension) : ColumnType.vector(dimension),
        type.isRepetition(Repetition.REQUIRED));
  }

  /** The element of a list of three levels, whatever their names. */
  private static Type element(String path, GroupType list) throws MalformedContentException {
    if (list.getFieldCount() == 1 && list.getType(0).isRepetition(Repetition.REPEATED)) {
      Type repeated = list.getType(0);
      if (!repeated.isPrimitive()
          && repeated.asGroupType().getFieldCount() == 1
          && !repeated.asGroupType().getType(0).isRepetition(Repetition.REPEATED)) {
        return repeated.asGroupType().getType(0);
      }
    }
    throw refusal(path, list.toString(), "a list of three levels");
  }

  private static MalformedContentException refusal(String path, String found, String rule) {
    return new MalformedContentException(
        "Cannot read column: " + path + " (" + found.strip() + "; " + rule + ")");
  }
}
