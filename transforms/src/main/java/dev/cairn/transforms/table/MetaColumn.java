package dev.cairn.transforms.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Fields;
import java.io.Serializable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A column of the user's that documents and chunks keep, to filter by. Its type is told and not
 * guessed: what a column looks like may change with the next row, and with it every file.
 *
 * @param name of the column, here and in the input
 * @param type of its values
 */
public record MetaColumn(String name, Type type) implements Serializable {

  /** The types that filters need. */
  public enum Type {
    /** Any value; what is no text is kept as its JSON. */
    STRING,
    /** Whole numbers of 64 bits. */
    INT64,
    /** Numbers. */
    FLOAT64,
    /** Truth values. */
    BOOL,
    /** ISO 8601 dates or times, kept as microseconds in UTC. */
    TIMESTAMP;

    private ColumnType column() {
      return switch (this) {
        case STRING -> ColumnType.string();
        case INT64 -> ColumnType.int64();
        case FLOAT64 -> ColumnType.float64();
        case BOOL -> ColumnType.bool();
        case TIMESTAMP -> ColumnType.timestamp(ColumnType.TimeUnit.MICROS, true);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads {@code NAME} or {@code NAME:TYPE}.
   *
   * @throws IllegalArgumentException if the type is none
   */
  public static MetaColumn parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 0) {
      return new MetaColumn(text, Type.STRING);
    }
    String type = text.substring(colon + 1);
    for (Type known : Type.values()) {
      if (known.toString().equals(type)) {
        return new MetaColumn(text.substring(0, colon), known);
      }
    }
    throw new IllegalArgumentException(
        "Cannot use --meta: "
            + text
            + " (NAME or NAME:TYPE; string, int64, float64, bool,"
            + " timestamp)");
  }

  Column column() {
    return Column.of(name, type.column(), false);
  }

  @Nullable Object value(Fields fields, @Nullable JsonNode json) throws BadRecordException {
    return switch (type) {
      case STRING -> json != null && json.isContainerNode() ? json.toString() : fields.loose(name);
      case INT64 -> fields.looseInteger(name);
      case FLOAT64 -> fields.looseNumber(name);
      case BOOL -> fields.looseFlagIfPresent(name);
      case TIMESTAMP -> fields.looseMicros(name);
    };
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return name + ":" + type;
  }
}
