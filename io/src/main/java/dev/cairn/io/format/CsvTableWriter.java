package dev.cairn.io.format;

import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.table.Utf8;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * Rows as CSV (RFC 4180) in UTF-8 with a line of column names. Texts are in quotes; a value that is
 * null has no quotes and no characters, so that it differs from an empty text. Dates and timestamps
 * are written as {@link RowJson} does, numbers by their shortest digits. The stream stays open.
 */
public final class CsvTableWriter implements RowWriter {
  /** Digits before the point, or zeros behind it, that are written out. */
  private static final int MAX_DIGITS = 20;

  private final TableSchema schema;
  private final BufferedWriter out;
  private final CSVPrinter printer;

  private CsvTableWriter(OutputStream target, TableSchema schema) throws IOException {
    this.schema = schema;
    this.out = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8));
    this.printer =
        new CSVPrinter(
            out,
            CSVFormat.RFC4180
                .builder()
                .setRecordSeparator("\n")
                .setNullString("")
                .setQuoteMode(QuoteMode.ALL_NON_NULL)
                .get());
  }

  /**
   * Starts a file with the names of its columns.
   *
   * @throws InvalidRowException naming a column of a type that CSV does not have
   */
  public static CsvTableWriter open(OutputStream out, TableSchema schema) throws IOException {
    for (Column column : schema.columns()) {
      if (isNested(column.type())) {
        throw new InvalidRowException(column.name(), column.type().toString(), "no list in CSV");
      }
    }
    CsvTableWriter writer = new CsvTableWriter(out, schema);
    writer.printer.printRecord(schema.columns().stream().map(Column::name).toList());
    return writer;
  }

  private static boolean isNested(ColumnType type) {
    return switch (type.kind()) {
      case LIST, STRUCT, VECTOR -> true;
      default -> false;
    };
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    schema.check(row);
    @Nullable String[] texts = new String[row.length];
    List<Column> columns = schema.columns();
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      texts[i] = value == null ? null : text(columns.get(i), value);
    }
    if (texts.length == 1 && texts[0] == null) {
      throw new InvalidRowException(
          columns.get(0).name(), "null", "a value, in a table of one column");
    }
    printer.printRecord((Object[]) texts);
  }

  private static String text(Column column, Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      try {
        return Utf8.decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        throw new InvalidRowException(column.name(), "bytes that are no UTF-8", "a text in CSV");
      }
    }
    if (column.type().kind() == ColumnType.Kind.TIMESTAMP) {
      return RowJson.timestamp(column.type(), (Long) value);
    }
    return value instanceof Double || value instanceof Float
        ? number(value.toString())
        : value.toString();
  }

  /**
   * A floating-point number as CSV has it: with a point and without an exponent, unless that would
   * take many digits.
   *
   * @param shortest as {@link Double#toString(double)} gives it
   */
  public static String number(String shortest) {
    if (shortest.indexOf('E') < 0) {
      return shortest;
    }
    BigDecimal exact = new BigDecimal(shortest);
    if (Math.abs((long) exact.precision() - exact.scale()) > MAX_DIGITS) {
      return shortest;
    }
    String plain = exact.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  @Override
  public void close() throws IOException {
    printer.flush();
  }
}
