package dev.cairn.transforms.convert;

import dev.cairn.io.format.CsvTableWriter;
import dev.cairn.io.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that are written as text: those of CSV, and in JSON dates, times and bytes. */
final class TextValue {
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9]\\d{0,18}");
  private static final Pattern FLOAT = Pattern.compile("-?\\d{1,30}\\.\\d{1,40}(?:E-?\\d{1,3})?");

  /** Floating-point values that are words. */
  private static final Set<String> NAMED = Set.of("NaN", "Infinity", "-Infinity");

  private static final Pattern NUMBER =
      Pattern.compile("-?\\d{1,400}(?:\\.\\d{1,400})?(?:[eE][+-]?\\d{1,4})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final long NANOS = 1_000_000_000;

  private TextValue() {}

  static boolean isBool(String text) {
    return text.equals("true") || text.equals("false");
  }

  static boolean isInteger(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return false;
    }
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false; // beyond 64 bits
    }
  }

  /** True for a number with a point that would be written with the same characters. */
  static boolean isFloat(String text) {
    return FLOAT.matcher(text).matches()
        && CsvTableWriter.number(Double.toString(Double.parseDouble(text))).equals(text);
  }

  static boolean isDate(String text) {
    try {
      return DATE.matcher(text).matches() && LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** The value of a type that a text is; null if it is none. */
  static @Nullable Object parse(String text, ColumnType type) {
    try {
      return switch (type.kind()) {
        case STRING -> text;
        case INT32 -> isInteger(text) ? Integer.valueOf(text) : null;
        case INT64 -> isInteger(text) ? Long.valueOf(text) : null;
        case FLOAT32 -> single(text);
        case FLOAT64 -> wide(text);
        case BOOL -> isBool(text) ? Boolean.valueOf(text) : null;
        case BINARY -> text.getBytes(StandardCharsets.UTF_8);
        case DECIMAL -> decimal(new BigDecimal(text), type);
        case DATE -> LocalDate.parse(text);
        case TIMESTAMP -> timestamp(text, type);
        case LIST, STRUCT, VECTOR -> null;
      };
    } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  private static @Nullable Double wide(String text) {
    if (NAMED.contains(text)) {
      return Double.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? Exact.wide(new BigDecimal(text)) : null;
  }

  private static @Nullable Float single(String text) {
    if (NAMED.contains(text)) {
      return Float.valueOf(text);
    }
    return NUMBER.matcher(text).matches() ? Exact.single(new BigDecimal(text)) : null;
  }

  static @Nullable BigDecimal decimal(BigDecimal number, ColumnType type) {
    BigDecimal shortest = number.stripTrailingZeros();
    boolean fits =
        shortest.scale() <= type.scale()
            && (long) shortest.precision() - shortest.scale() <= type.precision() - type.scale();
    return fits ? shortest.setScale(type.scale()) : null;
  }

  /** A time in the type's unit; with a zone exactly where the type is in UTC. */
  private static @Nullable Long timestamp(String text, ColumnType type) {
    LocalDateTime time =
        type.isUtc()
            ? OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
            : LocalDateTime.parse(text);
    long perSecond = type.unit().perSecond();
    long step = NANOS / perSecond;
    int nanos = time.get(ChronoField.NANO_OF_SECOND);
    if (nanos % step != 0) {
      return null;
    }
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), perSecond), nanos / step);
  }
}
