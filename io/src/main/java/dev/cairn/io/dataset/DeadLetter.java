package dev.cairn.io.dataset;

import dev.cairn.io.table.Cardinality;
import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An input that could not be processed. Texts are bounded and made fit to print: a control
 * character becomes a blank or U+FFFD, a lone surrogate U+FFFD.
 *
 * @param origin where it lies below the input root
 * @param id its id, empty if it has none that could be read
 * @param stage the step that refused it
 * @param code a stable name of the reason, {@code [a-z][a-z0-9_]*}
 * @param reason in our words, never an exception's message
 * @param excerpt the beginning of what was refused: at most {@value #MAX_EXCERPT} code points
 */
public record DeadLetter(
    String origin, String id, String stage, String code, String reason, String excerpt)
    implements Comparable<DeadLetter>, Serializable {
  /** The name of the table and of its folder. */
  public static final String TABLE = "errors";

  /** Code points of an excerpt at most: enough to recognize a record, too few to leak one. */
  public static final int MAX_EXCERPT = 200;

  /** Bytes that are looked at for an excerpt: no code point has more than four. */
  private static final int EXCERPT_BYTES = 1024;

  /** Code points of any other text at most. */
  public static final int MAX_TEXT = 1024;

  /** The columns of the table of dead letters. */
  public static final TableSchema SCHEMA =
      TableSchema.builder()
          .column("origin", ColumnType.string(), true, Cardinality.DISTINCT)
          .column("id", ColumnType.string(), true, Cardinality.DISTINCT)
          .column("stage", ColumnType.string(), true)
          .column("code", ColumnType.string(), true)
          .column("reason", ColumnType.string(), true)
          .column("excerpt", ColumnType.string(), true, Cardinality.LARGE)
          .build();

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final char REPLACEMENT = '\uFFFD';

  private static final Comparator<DeadLetter> ORDER =
      Comparator.comparing(DeadLetter::origin, KeyOrder::compareBytes)
          .thenComparing(DeadLetter::id, KeyOrder.INSTANCE)
          .thenComparing(DeadLetter::stage)
          .thenComparing(DeadLetter::code)
          .thenComparing(DeadLetter::reason, KeyOrder::compareBytes)
          .thenComparing(DeadLetter::excerpt, KeyOrder::compareBytes);

  public DeadLetter {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException(
          "Cannot name dead letter: '" + code + "' (" + CODE.pattern() + ")");
    }
    origin = printable(origin, MAX_TEXT);
    id = printable(id, MAX_TEXT);
    stage = printable(stage, MAX_TEXT);
    reason = printable(reason, MAX_TEXT);
    excerpt = printable(excerpt, MAX_EXCERPT);
  }

  /** The beginning of what was refused, as text: more of it than is kept. */
  public static String excerptOf(byte[] bytes) {
    int length = Math.min(bytes.length, EXCERPT_BYTES);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** The row of the table. */
  public @Nullable Object[] toRow() {
    return new @Nullable Object[] {origin, id, stage, code, reason, excerpt};
  }

  /** The letter of a row of {@link #SCHEMA}. */
  public static DeadLetter fromRow(@Nullable Object[] row) {
    return new DeadLetter(
        String.valueOf(row[0]),
        String.valueOf(row[1]),
        String.valueOf(row[2]),
        String.valueOf(row[3]),
        String.valueOf(row[4]),
        String.valueOf(row[5]));
  }

  /** By origin, then id in key order, then the rest: the order of rows in a file. */
  @Override
  public int compareTo(DeadLetter other) {
    return ORDER.compare(this, other);
  }

  private static String printable(String text, int maxCodePoints) {
    StringBuilder out = new StringBuilder();
    int codePoints = 0;
    for (int i = 0; i < text.length() && codePoints < maxCodePoints; codePoints++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      if (c == '\n' || c == '\r' || c == '\t') {
        out.append(' ');
      } else if (lone || Character.isISOControl(c)) {
        out.append(REPLACEMENT);
      } else {
        out.appendCodePoint(c);
      }
    }
    return out.toString();
  }
}
