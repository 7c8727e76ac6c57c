package dev.cairn.io.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.table.Utf8;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows as lines of JSON (RFC 8259): a column without a value is left out, inside lists it is null;
 * dates and timestamps are texts of ISO 8601, with as many digits of a second as they need, and
 * {@code Z} where they are in UTC; binary values are the text whose UTF-8 they are. The same rows
 * give the same bytes. For one thread; the stream stays open.
 */
public final class RowJson implements RowWriter {
  /** What becomes of a value that JSON does not have: NaN, or bytes that are no text. */
  public enum Unfit {
    /** The row is refused. */
    REFUSED,
    /** It is left out: pandas writes a missing number as NaN. */
    LEFT_OUT
  }

  private final TableSchema schema;
  private final Unfit unfit;
  private final JsonGenerator out;

  /** Writes rows of {@code schema} to {@code out}. */
  public RowJson(OutputStream out, TableSchema schema, Unfit unfit) throws IOException {
    this.schema = schema;
    this.unfit = unfit;
    this.out = new JsonFactory().createGenerator(out);
    this.out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    this.out.enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
    this.out.setRootValueSeparator(null);
  }

  /**
   * Writes one row as a line.
   *
   * @throws InvalidRowException naming the column whose value JSON cannot hold; nothing of the row
   *     is written
   */
  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (unfit == Unfit.REFUSED) {
      check("", schema.columns(), row);
    }
    fields(schema.columns(), row);
    out.writeRaw('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void fields(List<Column> columns, @Nullable Object[] values) throws IOException {
    out.writeStartObject();
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null && !isUnfit(value)) {
        out.writeFieldName(columns.get(i).name());
        value(columns.get(i).type(), value);
      }
    }
    out.writeEndObject();
  }

  private void value(ColumnType type, @Nullable Object value) throws IOException {
    if (value == null || isUnfit(value)) {
      out.writeNull();
      return;
    }
    switch (type.kind()) {
      case STRING -> out.writeString((String) value);
      case INT32 -> out.writeNumber((Integer) value);
      case INT64 -> out.writeNumber((Long) value);
      case FLOAT32 -> out.writeNumber((Float) value);
      case FLOAT64 -> out.writeNumber((Double) value);
      case DECIMAL -> out.writeNumber((BigDecimal) value);
      case BOOL -> out.writeBoolean((Boolean) value);
      case BINARY -> out.writeString(text((byte[]) value));
      case DATE -> out.writeString(((LocalDate) value).toString());
      case TIMESTAMP -> out.writeString(timestamp(type, (Long) value));
      case STRUCT -> fields(type.fields(), (Object[]) value);
      case LIST -> {
        out.writeStartArray();
        for (Object item : (List<?>) value) {
          value(type.element(), item);
        }
        out.writeEndArray();
      }
      case VECTOR -> {
        out.writeStartArray();
        for (float each : (float[]) value) {
          if (Float.isFinite(each)) {
            out.writeNumber(each);
          } else {
            out.writeNull();
          }
        }
        out.writeEndArray();
      }
    }
  }

  /** A timestamp as a text. */
  static String timestamp(ColumnType type, long value) {
    long perSecond = type.unit().perSecond();
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(value, perSecond), (int) nanos, ZoneOffset.UTC);
    return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + (type.isUtc() ? "Z" : "");
  }

  private void check(String parent, List<Column> columns, @Nullable Object[] values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value != null) {
        check(parent + columns.get(i).name(), columns.get(i).type(), value);
      }
    }
  }

  private void check(String name, ColumnType type, Object value) {
    if (value instanceof Object[] struct) {
      check(name + ".", type.fields(), struct);
    } else if (value instanceof List<?> list) {
      for (Object item : list) {
        if (item != null) {
          check(name + ".element", type.element(), item);
        }
      }
    } else if (value instanceof float[] vector) {
      for (float each : vector) {
        if (!Float.isFinite(each)) {
          throw new InvalidRowException(name, String.valueOf(each), "a finite number in JSON");
        }
      }
    } else if (value instanceof byte[] binary && !isText(binary)) {
      throw new InvalidRowException(name, "bytes that are no UTF-8", "a text in JSON");
    } else if (isNonFinite(value)) {
      throw new InvalidRowException(name, value.toString(), "a finite number in JSON");
    }
  }

  private static boolean isUnfit(Object value) {
    return isNonFinite(value) || (value instanceof byte[] binary && !isText(binary));
  }

  private static boolean isNonFinite(Object value) {
    return (value instanceof Double wide && !Double.isFinite(wide))
        || (value instanceof Float narrow && !Float.isFinite(narrow));
  }

  private static boolean isText(byte[] bytes) {
    try {
      Utf8.decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String text(byte[] bytes) throws IOException {
    return Utf8.decode(ByteBuffer.wrap(bytes));
  }
}
