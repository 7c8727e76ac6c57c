package dev.cairn.io.format;

import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.arrow.memory.util.Float16;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * One value, as its column's type holds it; a text of a dictionary is decoded once for all rows.
 */
final class LeafAssembly extends PrimitiveConverter {
  /** The day of 1970-01-01 in the numbering of INT96 timestamps. */
  private static final long JULIAN_EPOCH_DAY = 2_440_588;

  private static final int INT96_BYTES = 12;

  private final String name;
  private final ColumnType type;
  private final boolean text;
  private final Consumer<Object> up;
  private String[] texts = new String[0];

  LeafAssembly(String name, ColumnType type, Consumer<Object> up) {
    this.name = name;
    this.type = type;
    this.text = type.kind() == ColumnType.Kind.STRING;
    this.up = up;
  }

  @Override
  public boolean hasDictionarySupport() {
    return text;
  }

  @Override
  public void setDictionary(Dictionary dictionary) {
    texts = new String[dictionary.getMaxId() + 1];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(dictionary.decodeToBinary(i));
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    up.accept(texts[id]);
  }

  @Override
  public void addBinary(Binary value) {
    up.accept(
        switch (type.kind()) {
          case STRING -> text(value);
          case DECIMAL -> new BigDecimal(new BigInteger(value.getBytes()), type.scale());
          case TIMESTAMP -> int96(value);
          case FLOAT32 -> half(value);
          default -> value.getBytes();
        });
  }

  @Override
  public void addBoolean(boolean value) {
    up.accept(value);
  }

  @Override
  public void addFloat(float value) {
    up.accept(value);
  }

  @Override
  public void addDouble(double value) {
    up.accept(value);
  }

  @Override
  public void addInt(int value) {
    up.accept(
        switch (type.kind()) {
          case DATE -> LocalDate.ofEpochDay(value);
          case DECIMAL -> BigDecimal.valueOf(value, type.scale());
          case INT64 -> Integer.toUnsignedLong(value);
          default -> (Object) value;
        });
  }

  @Override
  public void addLong(long value) {
    up.accept(
        type.kind() == ColumnType.Kind.DECIMAL
            ? BigDecimal.valueOf(value, type.scale())
            : (Object) value);
  }

  private String text(Binary value) {
    try {
      return Utf8.decode(value.toByteBuffer());
    } catch (CharacterCodingException e) {
      throw RowAssembly.malformed(name, "bytes that are no UTF-8", "a text");
    }
  }

  /** A 16-bit float; the reader checks that it has two bytes. */
  static float half(Binary value) {
    return Float16.toFloat(value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getShort());
  }

  /** Nanoseconds of the day, then the day: what older Spark and Impala write. */
  private static long int96(Binary value) {
    ByteBuffer bytes = value.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.remaining() != INT96_BYTES) {
      throw new IllegalArgumentException("Cannot read timestamp: " + bytes.remaining() + " bytes");
    }
    long nanos = bytes.getLong();
    long day = Integer.toUnsignedLong(bytes.getInt()) - JULIAN_EPOCH_DAY;
    return Math.addExact(Math.multiplyExact(day, TimeUnit.DAYS.toNanos(1)), nanos);
  }
}
