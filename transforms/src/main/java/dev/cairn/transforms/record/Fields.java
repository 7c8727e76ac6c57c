package dev.cairn.transforms.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Typed reading of a JSON object. A field that is absent or null is null; one of another type is
 * refused with its path, so that nothing is coerced or dropped in silence.
 */
public final class Fields {
  /** ISO 8601, also with a blank between date and time. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][ ]")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffset("+HH:mm", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH", "Z")
          .toFormatter(Locale.ROOT);

  /** Digits of a whole number that are written out. */
  private static final int MAX_DIGITS = 40;

  private final ObjectNode node;
  private final String path;

  private Fields(ObjectNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** The fields of a whole record. */
  public static Fields of(ObjectNode record) {
    return new Fields(record, "");
  }

  /** Turns one object of a list into a value. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(Fields fields) throws BadRecordException;
  }

  public @Nullable String text(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    return expect(value.isTextual(), value, name, "a string").textValue();
  }

  public String requiredText(String name) throws BadRecordException {
    String text = text(name);
    if (text == null) {
      throw missing(name);
    }
    return text;
  }

  /** True if the field is there and not null. */
  public boolean has(String name) {
    return value(name) != null;
  }

  /** True if the field is an object. */
  public boolean isObject(String name) {
    return node.path(name).isObject();
  }

  /** True if the field is a list. */
  public boolean isList(String name) {
    return node.path(name).isArray();
  }

  /** True if the field is a list whose first element is an object. */
  public boolean isListOfObjects(String name) {
    return node.path(name).path(0).isObject();
  }

  /**
   * A text, or a number or truth value as a text: tables of one origin differ in the types of their
   * columns. A text of no characters is null, as CSV cannot tell the two apart.
   */
  public @Nullable String loose(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean finite = value.isIntegralNumber() || Double.isFinite(value.doubleValue());
    boolean single = value.isTextual() || (value.isNumber() && finite) || value.isBoolean();
    expect(single, value, name, "a text, finite number or truth value");
    String text = value.isNumber() ? plain(value.decimalValue()) : value.asText();
    return text.isEmpty() ? null : text;
  }

  /** A whole number is written as one, whatever type its column had. */
  private static String plain(BigDecimal number) {
    BigDecimal shortest = number.stripTrailingZeros();
    return shortest.scale() <= 0 && shortest.precision() - (long) shortest.scale() <= MAX_DIGITS
        ? shortest.toBigInteger().toString()
        : number.toString();
  }

  /** A whole number, or a text or fraction that is one. */
  public @Nullable Long looseInteger(String name) throws BadRecordException {
    JsonNode value = value(name);
    String text = loose(name);
    if (value == null || text == null) {
      return null;
    }
    try {
      return new BigDecimal(text).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new BadRecordException(
          "wrong_type", path + name + " is no whole number (an integer of 64 bits)", e);
    }
  }

  /** A finite number, or a text that is one. */
  public @Nullable Double looseNumber(String name) throws BadRecordException {
    String text = loose(name);
    if (text == null) {
      return null;
    }
    try {
      double number = new BigDecimal(text).doubleValue();
      if (Double.isFinite(number)) {
        return number;
      }
      throw new BadRecordException("wrong_type", path + name + " is too large (64 bits)");
    } catch (NumberFormatException e) {
      throw new BadRecordException("wrong_type", path + name + " is no number (in decimals)", e);
    }
  }

  /**
   * A time as text, in microseconds since 1970 in UTC: a date, or a date and time, which is in UTC
   * unless it names a zone.
   */
  public @Nullable Long looseMicros(String name) throws BadRecordException {
    String text = loose(name);
    if (text == null) {
      return null;
    }
    try {
      TemporalAccessor time =
          TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
      Instant instant =
          time instanceof OffsetDateTime zoned
              ? zoned.toInstant()
              : (time instanceof LocalDateTime local ? local : LocalDate.from(time).atStartOfDay())
                  .toInstant(ZoneOffset.UTC);
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRecordException(
          "wrong_type", path + name + " is no time (ISO 8601, as 2024-05-01T12:00:00Z)", e);
    }
  }

  /** A truth value, or a text of one as databases write it. */
  public boolean looseFlag(String name) throws BadRecordException {
    String text = loose(name);
    return text != null && (text.equals("t") || text.equalsIgnoreCase("true"));
  }

  /** The same, or null if the field is absent. */
  public @Nullable Boolean looseFlagIfPresent(String name) throws BadRecordException {
    return has(name) ? looseFlag(name) : null;
  }

  /** The strings of a list, or the one string; empty if there is none. */
  public List<String> looseTexts(String name) throws BadRecordException {
    if (isList(name)) {
      return texts(name);
    }
    String text = loose(name);
    return text == null ? List.of() : List.of(text);
  }

  public @Nullable Long integer(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToLong();
    return expect(whole, value, name, "an integer of 64 bits").longValue();
  }

  public long requiredInteger(String name) throws BadRecordException {
    Long number = integer(name);
    if (number == null) {
      throw missing(name);
    }
    return number;
  }

  public @Nullable Integer smallInteger(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean whole = value.isIntegralNumber() && value.canConvertToInt();
    return expect(whole, value, name, "an integer of 32 bits").intValue();
  }

  public @Nullable Double number(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    boolean finite = value.isNumber() && Double.isFinite(value.doubleValue());
    return expect(finite, value, name, "a number").doubleValue();
  }

  public @Nullable Fields object(String name) throws BadRecordException {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    return new Fields(
        (ObjectNode) expect(value.isObject(), value, name, "an object"), path + name + ".");
  }

  public Fields requiredObject(String name) throws BadRecordException {
    Fields object = object(name);
    if (object == null) {
      throw missing(name);
    }
    return object;
  }

  /** The strings of a list; empty if it is absent. */
  public List<String> texts(String name) throws BadRecordException {
    List<String> out = new ArrayList<>();
    for (JsonNode item : items(name)) {
      out.add(expect(item.isTextual(), item, name + "[]", "a string").textValue());
    }
    return out;
  }

  /** The objects of a list, each read by {@code reader}; empty if it is absent. */
  public <T> List<T> objects(String name, Reader<T> reader) throws BadRecordException {
    List<T> out = new ArrayList<>();
    for (JsonNode item : items(name)) {
      String itemName = name + "[" + out.size() + "]";
      expect(item.isObject(), item, itemName, "an object");
      out.add(reader.read(new Fields((ObjectNode) item, path + itemName + ".")));
    }
    return out;
  }

  private Iterable<JsonNode> items(String name) throws BadRecordException {
    JsonNode value = value(name);
    return value == null ? List.of() : expect(value.isArray(), value, name, "a list");
  }

  private @Nullable JsonNode value(String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private JsonNode expect(boolean holds, JsonNode value, String name, String wanted)
      throws BadRecordException {
    if (!holds) {
      String found = value.getNodeType().toString().toLowerCase(Locale.ROOT);
      throw new BadRecordException(
          "wrong_type", path + name + " is " + found + " (" + wanted + ")");
    }
    return value;
  }

  private BadRecordException missing(String name) {
    return new BadRecordException("missing_field", path + name + " is absent (required)");
  }
}
