package dev.cairn.io.format;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.util.List;
import org.apache.parquet.schema.ConversionPatterns;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/** A table's columns as Parquet types: lists have the specification's three levels. */
final class FileSchema {
  private static final String MESSAGE = "cairn";
  private static final String ELEMENT = "element";

  /** What 38 digits take. */
  static final int DECIMAL_BYTES = 16;

  private FileSchema() {}

  static MessageType of(TableSchema schema) {
    return new MessageType(MESSAGE, fields(schema.columns()));
  }

  private static List<Type> fields(List<Column> columns) {
    return columns.stream()
        .map(
            c -> type(c.name(), c.type(), c.required() ? Repetition.REQUIRED : Repetition.OPTIONAL))
        .toList();
  }

  private static Type type(String name, ColumnType type, Repetition repetition) {
    return switch (type.kind()) {
      case STRING ->
          Types.primitive(PrimitiveTypeName.BINARY, repetition)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
      case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
      case FLOAT64 -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
      case FLOAT32 -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
      case BOOL -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
      case BINARY -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
      case DECIMAL ->
          Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
              .length(DECIMAL_BYTES)
              .as(LogicalTypeAnnotation.decimalType(type.scale(), type.precision()))
              .named(name);
      case DATE ->
          Types.primitive(PrimitiveTypeName.INT32, repetition)
              .as(LogicalTypeAnnotation.dateType())
              .named(name);
      case TIMESTAMP ->
          Types.primitive(PrimitiveTypeName.INT64, repetition)
              .as(
                  LogicalTypeAnnotation.timestampType(
                      type.isUtc(), LogicalTypeAnnotation.TimeUnit.valueOf(type.unit().name())))
              .named(name);
      case STRUCT -> new GroupType(repetition, name, fields(type.fields()));
      case LIST ->
          ConversionPatterns.listOfElements(
              repetition,
              name,
              type(
                  ELEMENT,
                  type.element(),
                  type.hasNullableElements() ? Repetition.OPTIONAL : Repetition.REQUIRED));
      case VECTOR ->
          ConversionPatterns.listOfElements(
              repetition,
              name,
              type.isHalf()
                  ? Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, Repetition.REQUIRED)
                      .length(Short.BYTES)
                      .as(LogicalTypeAnnotation.float16Type())
                      .named(ELEMENT)
                  : Types.primitive(PrimitiveTypeName.FLOAT, Repetition.REQUIRED).named(ELEMENT));
    };
  }
}
