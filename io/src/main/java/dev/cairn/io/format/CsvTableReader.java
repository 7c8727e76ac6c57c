package dev.cairn.io.format;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.TableSchema;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * Rows of CSV (RFC 4180) in UTF-8 with a line of column names, which has no line break inside. All
 * values are strings; a value without quotes and characters is null. Columns without a name (an
 * index of pandas) and empty lines are passed over. A quote in a value is doubled, or stands behind
 * a backslash where the caller says so for a file. Memory: one row of at most {@link
 * JsonRecords#MAX_RECORD_BYTES} characters.
 */
public final class CsvTableReader implements RowReader {
  private static final int MAX_HEADER_CHARS = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Budget budget;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final TableSchema schema;

  /** All columns of the file; one without a name is passed over. */
  private final List<String> names;

  private CsvTableReader(Budget budget, CSVParser parser, List<String> names)
      throws MalformedContentException {
    this.budget = budget;
    this.parser = parser;
    this.records = parser.iterator();
    this.names = names;
    try {
      this.schema =
          TableSchema.of(
              names.stream()
                  .filter(n -> !n.isEmpty())
                  .map(n -> Column.of(n, ColumnType.string(), false))
                  .toList());
    } catch (IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read CSV: " + e.getMessage(), e);
    }
  }

  /**
   * Opens a table; its columns are read now.
   *
   * @param in closed by {@link #close}
   * @param escapedByBackslash told the columns: whether the file escapes quotes by a backslash
   * @throws MalformedContentException if there is no line of distinct column names
   */
  public static CsvTableReader open(InputStream in, Predicate<List<String>> escapedByBackslash)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()), 2 * MAX_HEADER_CHARS);
    try {
      List<String> names = header(lines);
      CSVFormat.Builder format = format();
      if (escapedByBackslash.test(names)) {
        format.setEscape('\\');
      }
      Budget budget = new Budget(lines);
      return new CsvTableReader(budget, CSVParser.parse(budget, format.get()), names);
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    }
  }

  private static CSVFormat.Builder format() {
    // Strict about quotes, so that a value of no characters in quotes is not null.
    return CSVFormat.RFC4180
        .builder()
        .setNullString("")
        .setQuoteMode(QuoteMode.ALL_NON_NULL)
        .setIgnoreEmptyLines(true);
  }

  private static List<String> header(BufferedReader lines) throws IOException {
    String line = firstLine(lines);
    boolean marked = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK;
    try (CSVParser names =
        CSVParser.parse(new StringReader(marked ? line.substring(1) : line), format().get())) {
      List<CSVRecord> records = names.getRecords();
      if (records.size() > 1) {
        throw new MalformedContentException(
            "Cannot read CSV: a carriage return alone in its first line (line feeds end lines)");
      }
      return records.isEmpty()
          ? List.of()
          : records.get(0).stream().map(name -> name == null ? "" : name).toList();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new MalformedContentException("Cannot read CSV: its first line (column names)", e);
    }
  }

  /** The first line, but no more of it than names take. */
  private static String firstLine(BufferedReader lines) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = lines.read();
    if (c < 0) {
      throw new MalformedContentException("Cannot read CSV: no line (of column names)");
    }
    for (; c >= 0 && c != '\n'; c = lines.read()) {
      line.append((char) c);
      if (line.length() > MAX_HEADER_CHARS) {
        throw new MalformedContentException(
            "Cannot read CSV: a first line of more than "
                + MAX_HEADER_CHARS
                + " characters (column names)");
      }
    }
    boolean returned = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
    return returned ? line.substring(0, line.length() - 1) : line.toString();
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /** True if the file has a column without a name, which is passed over. */
  public boolean hasUnnamed() {
    return names.contains("");
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRowException if it has another number of values than there are columns; the next
   *     row may follow
   */
  @Override
  public @Nullable Object @Nullable [] next() throws IOException {
    CSVRecord row = read();
    if (row == null) {
      return null;
    }
    int columns = names.size();
    if (row.size() != columns) {
      throw new InvalidRowException("of the row", row.size() + " values", columns + " columns");
    }
    @Nullable Object[] values = new Object[schema.columns().size()];
    int at = 0;
    for (int i = 0; i < columns; i++) {
      if (!names.get(i).isEmpty()) {
        values[at++] = row.get(i);
      }
    }
    return values;
  }

  private @Nullable CSVRecord read() throws IOException {
    budget.renew();
    try {
      return records.hasNext() ? records.next() : null;
    } catch (UncheckedIOException | IllegalStateException e) {
      if (e.getCause() instanceof CharacterCodingException coding) {
        throw notUtf8(coding);
      }
      if (budget.failure() != null) {
        throw budget.failure();
      }
      throw new MalformedContentException(
          "Cannot read CSV: row " + (parser.getRecordNumber() + 1) + " (RFC 4180)", e);
    }
  }

  private static MalformedContentException notUtf8(CharacterCodingException cause) {
    return new MalformedContentException("Cannot read CSV: its bytes (UTF-8)", cause);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Ends a row that would not fit into memory, and tells the source's failures from bad rows. */
  private static final class Budget extends FilterReader {
    private long left;
    private @Nullable IOException failure;

    Budget(Reader in) {
      super(in);
    }

    void renew() {
      // What the parser has read ahead is part of the next row.
      left = 2L * JsonRecords.MAX_RECORD_BYTES;
    }

    @Nullable IOException failure() {
      return failure;
    }

    @Override
    public int read() throws IOException {
      char[] one = new char[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        failure =
            new MalformedContentException(
                "Cannot read CSV: a row of more than "
                    + JsonRecords.MAX_RECORD_BYTES
                    + " characters (at most)");
        throw failure;
      }
      try {
        int count = in.read(buffer, offset, length);
        left -= Math.max(0, count);
        return count;
      } catch (CharacterCodingException e) {
        throw e;
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }
  }
}
