package dev.cairn.io.format;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Binary;
import org.apache.arrow.flatbuf.Bool;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Struct_;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ARROW:schema} entry of a Parquet footer: an encapsulated IPC schema message (Arrow's
 * columnar format, "Encapsulated message format") in base64. By it Arrow readers see vectors as
 * fixed-size lists, which Parquet itself cannot say.
 *
 * <p>Built from the generated flatbuffer classes: Arrow's own schema objects bring in a JSON mapper
 * and a third of a second at first use (measured).
 */
final class ArrowFooter {
  static final String KEY = "ARROW:schema";

  private static final int CONTINUATION = -1;
  private static final int PREFIX_BYTES = 2 * Integer.BYTES;
  private static final int ALIGNMENT = 8;
  private static final String ELEMENT = "element";
  private static final int DECIMAL_BITS = 128;

  private ArrowFooter() {}

  static String of(TableSchema schema) {
    FlatBufferBuilder out = new FlatBufferBuilder();
    int fields = Schema.createFieldsVector(out, fields(out, schema.columns()));
    Schema.startSchema(out);
    Schema.addFields(out, fields);
    int header = Schema.endSchema(out);
    Message.startMessage(out);
    Message.addHeaderType(out, MessageHeader.Schema);
    Message.addHeader(out, header);
    Message.addVersion(out, MetadataVersion.V5);
    Message.finishMessageBuffer(out, Message.endMessage(out));
    byte[] message = out.sizedByteArray();
    int padded = (message.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer framed = ByteBuffer.allocate(PREFIX_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    framed.putInt(CONTINUATION).putInt(padded).put(message);
    return Base64.getEncoder().encodeToString(framed.array());
  }

  private static int[] fields(FlatBufferBuilder out, List<Column> columns) {
    return columns.stream().mapToInt(c -> field(out, c.name(), c.type(), !c.required())).toArray();
  }

  private static int field(FlatBufferBuilder out, String name, ColumnType type, boolean nullable) {
    int[] children =
        switch (type.kind()) {
          case LIST -> new int[] {field(out, ELEMENT, type.element(), type.hasNullableElements())};
          case STRUCT -> fields(out, type.fields());
          case VECTOR -> {
            short precision = type.isHalf() ? Precision.HALF : Precision.SINGLE;
            int number = FloatingPoint.createFloatingPoint(out, precision);
            yield new int[] {field(out, ELEMENT, false, Type.FloatingPoint, number, new int[0])};
          }
          default -> new int[0];
        };
    return switch (type.kind()) {
      case STRING -> field(out, name, nullable, Type.Utf8, utf8(out), children);
      case INT32 ->
          field(out, name, nullable, Type.Int, Int.createInt(out, Integer.SIZE, true), children);
      case INT64 ->
          field(out, name, nullable, Type.Int, Int.createInt(out, Long.SIZE, true), children);
      case FLOAT64 -> {
        int number = FloatingPoint.createFloatingPoint(out, Precision.DOUBLE);
        yield field(out, name, nullable, Type.FloatingPoint, number, children);
      }
      case FLOAT32 -> {
        int number = FloatingPoint.createFloatingPoint(out, Precision.SINGLE);
        yield field(out, name, nullable, Type.FloatingPoint, number, children);
      }
      case BINARY -> field(out, name, nullable, Type.Binary, binary(out), children);
      case DECIMAL -> {
        int number = Decimal.createDecimal(out, type.precision(), type.scale(), DECIMAL_BITS);
        yield field(out, name, nullable, Type.Decimal, number, children);
      }
      case DATE ->
          field(out, name, nullable, Type.Date, Date.createDate(out, DateUnit.DAY), children);
      case TIMESTAMP -> field(out, name, nullable, Type.Timestamp, timestamp(out, type), children);
      case BOOL -> field(out, name, nullable, Type.Bool, bool(out), children);
      case LIST -> field(out, name, nullable, Type.List, list(out), children);
      case STRUCT -> field(out, name, nullable, Type.Struct_, struct(out), children);
      case VECTOR -> {
        int fixed = FixedSizeList.createFixedSizeList(out, type.dimension());
        yield field(out, name, nullable, Type.FixedSizeList, fixed, children);
      }
    };
  }

  private static int field(
      FlatBufferBuilder out, String name, boolean nullable, byte kind, int type, int[] children) {
    int named = out.createString(name);
    int inner = Field.createChildrenVector(out, children);
    Field.startField(out);
    Field.addName(out, named);
    Field.addNullable(out, nullable);
    Field.addTypeType(out, kind);
    Field.addType(out, type);
    Field.addChildren(out, inner);
    return Field.endField(out);
  }

  private static int utf8(FlatBufferBuilder out) {
    Utf8.startUtf8(out);
    return Utf8.endUtf8(out);
  }

  private static int binary(FlatBufferBuilder out) {
    Binary.startBinary(out);
    return Binary.endBinary(out);
  }

  private static int timestamp(FlatBufferBuilder out, ColumnType type) {
    short unit =
        switch (type.unit()) {
          case MILLIS -> TimeUnit.MILLISECOND;
          case MICROS -> TimeUnit.MICROSECOND;
          case NANOS -> TimeUnit.NANOSECOND;
        };
    int zone = type.isUtc() ? out.createString("UTC") : 0;
    return Timestamp.createTimestamp(out, unit, zone);
  }

  private static int bool(FlatBufferBuilder out) {
    Bool.startBool(out);
    return Bool.endBool(out);
  }

  private static int list(FlatBufferBuilder out) {
    org.apache.arrow.flatbuf.List.startList(out);
    return org.apache.arrow.flatbuf.List.endList(out);
  }

  private static int struct(FlatBufferBuilder out) {
    Struct_.startStruct_(out);
    return Struct_.endStruct_(out);
  }

  /**
   * The dimensions of the columns that a footer calls fixed-size lists of 32-bit or 16-bit floats.
   *
   * @param footer the entry's value, or null if the file has none
   * @throws MalformedContentException if it is no schema message
   */
  static Map<String, Integer> dimensions(@Nullable String footer) throws MalformedContentException {
    if (footer == null) {
      return Map.of();
    }
    try {
      ByteBuffer framed = ByteBuffer.wrap(Base64.getDecoder().decode(footer));
      framed.order(ByteOrder.LITTLE_ENDIAN);
      // Before Arrow 0.15 a message had no continuation mark before its length.
      int prefix = framed.getInt(0) == CONTINUATION ? PREFIX_BYTES : Integer.BYTES;
      Message message = Message.getRootAsMessage(framed.position(prefix).slice());
      if (message.headerType() != MessageHeader.Schema) {
        throw new IllegalArgumentException("another message");
      }
      return dimensions((Schema) message.header(new Schema()));
    } catch (RuntimeException e) {
      // Flatbuffers report bad bytes by whatever runtime exception they lead to.
      throw new MalformedContentException("Cannot read footer: " + KEY + " (a schema message)", e);
    }
  }

  private static Map<String, Integer> dimensions(Schema schema) {
    Map<String, Integer> found = new HashMap<>();
    for (int i = 0; i < schema.fieldsLength(); i++) {
      Field field = schema.fields(i);
      if (field.typeType() == Type.FixedSizeList && isFloat(field.children(0))) {
        FixedSizeList list = (FixedSizeList) field.type(new FixedSizeList());
        found.put(field.name(), list.listSize());
      }
    }
    return found;
  }

  private static boolean isFloat(Field field) {
    return field.typeType() == Type.FloatingPoint
        && ((FloatingPoint) field.type(new FloatingPoint())).precision() != Precision.DOUBLE;
  }
}
