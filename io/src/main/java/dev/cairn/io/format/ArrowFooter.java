package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ARROW:schema} entry of a Parquet footer: an encapsulated IPC schema message (Arrow's
 * columnar format, "Encapsulated message format") in base64. By it Arrow readers see vectors as
 * fixed-size lists, which Parquet itself cannot say.
 */
final class ArrowFooter {
  static final String KEY = "ARROW:schema";

  private static final ArrowType FLOAT = new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
  private static final int CONTINUATION = -1;
  private static final int ALIGNMENT = 8;
  private static final String ELEMENT = "element";

  private ArrowFooter() {}

  static String of(TableSchema schema) {
    Schema arrow = new Schema(fields(schema.columns()));
    ByteBuffer message = MessageSerializer.serializeMetadata(arrow, IpcOption.DEFAULT);
    int length = message.remaining();
    int padded = (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(2 * Integer.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(CONTINUATION).putInt(padded).put(message);
    return Base64.getEncoder().encodeToString(out.array());
  }

  /**
   * The dimensions of the columns that a footer calls fixed-size lists of 32-bit floats.
   *
   * @param footer the entry's value, or null if the file has none
   * @throws MalformedContentException if it is no schema message
   */
  static Map<String, Integer> dimensions(@Nullable String footer) throws IOException {
    if (footer == null) {
      return Map.of();
    }
    Map<String, Integer> found = new HashMap<>();
    try (InputStream in = new ByteArrayInputStream(Base64.getDecoder().decode(footer))) {
      Schema schema = MessageSerializer.deserializeSchema(new ReadChannel(Channels.newChannel(in)));
      for (Field field : schema.getFields()) {
        if (field.getType() instanceof ArrowType.FixedSizeList list
            && FLOAT.equals(field.getChildren().get(0).getType())) {
          found.put(field.getName(), list.getListSize());
        }
      }
    } catch (RuntimeException e) {
      // Flatbuffers reports bad bytes by whatever runtime exception they lead to.
      throw new MalformedContentException("Cannot read footer: " + KEY + " (a schema message)", e);
    }
    return found;
  }

  private static List<Field> fields(List<Column> columns) {
    return columns.stream().map(c -> field(c.name(), c.type(), !c.required())).toList();
  }

  private static Field field(String name, ColumnType type, boolean nullable) {
    List<Field> children =
        switch (type.kind()) {
          case LIST -> List.of(field(ELEMENT, type.element(), false));
          case STRUCT -> fields(type.fields());
          case VECTOR -> List.of(leaf(ELEMENT, FLOAT, false));
          default -> List.of();
        };
    return new Field(name, new FieldType(nullable, arrowType(type), null), children);
  }

  private static Field leaf(String name, ArrowType type, boolean nullable) {
    return new Field(name, new FieldType(nullable, type, null), List.of());
  }

  private static ArrowType arrowType(ColumnType type) {
    return switch (type.kind()) {
      case STRING -> ArrowType.Utf8.INSTANCE;
      case INT32 -> new ArrowType.Int(Integer.SIZE, true);
      case INT64 -> new ArrowType.Int(Long.SIZE, true);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case BOOL -> ArrowType.Bool.INSTANCE;
      case LIST -> ArrowType.List.INSTANCE;
      case STRUCT -> ArrowType.Struct.INSTANCE;
      case VECTOR -> new ArrowType.FixedSizeList(type.dimension());
    };
  }
}
