package dev.cairn.io.format;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of a JSON file and where each lies, without reading them as JSON: one a line
 * (JSONL), or the values of a file (one object, several in a row, or the elements of an array).
 *
 * <p>A record that is broken inside its own braces costs that record only; text that is cut off or
 * between records is a record too, so that nothing is passed over in silence. Memory: one window of
 * at most {@value #WINDOW_BYTES} bytes, no more than the file has, and the present record, which is
 * at most {@link #MAX_RECORD_BYTES}.
 *
 * <p>Not thread-safe. Closing closes the channel.
 */
public final class JsonRecords implements Closeable {

  /** How records are laid out in a file. */
  public enum Layout {
    /** One JSON value a line; blank lines are nothing. */
    LINES,
    /**
     * A value, several values, one array of them, or a page of an API: an object with {@code
     * results}, which are the values, behind nothing but {@code count}, {@code next} and {@code
     * previous}.
     */
    VALUES
  }

  /**
   * A record's place and bytes.
   *
   * @param offset of its first byte in the file
   * @param length in bytes
   * @param bytes its content; null if it is longer than {@link #MAX_RECORD_BYTES}
   */
  @SuppressWarnings("ArrayRecordComponent") // a view of file content: never compared
  public record Span(long offset, long length, byte @Nullable [] bytes) {}

  /** Bytes of one record at most: what a heap of 1 GB holds beside its text and its parse. */
  public static final int MAX_RECORD_BYTES = 128 << 20;

  private static final int WINDOW_BYTES = 1 << 20;
  private static final int MAX_HEAD_BYTES = 8 << 10;

  /** How pages of Django's REST framework begin, as CourtListener's API gives them. */
  private static final Pattern PAGE_HEAD =
      Pattern.compile(
          "\\{\\s*(?:\"(?:count|next|previous)\"\\s*:\\s*(?:null|\\d+|\"[^\"\\\\]*+\")\\s*,\\s*){0,8}"
              + "\"results\"\\s*:\\s*\\[");

  private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final SeekableByteChannel channel;
  private final Layout layout;
  private final byte[] window;
  private long windowStart;
  private int windowEnd;
  private int at;
  private boolean inArray;
  private boolean inPage;
  private boolean started;

  private JsonRecords(SeekableByteChannel channel, Layout layout, int windowBytes) {
    this.channel = channel;
    this.layout = layout;
    this.window = new byte[windowBytes];
  }

  /** Reads records from the channel's start. The channel must be used by nobody else meanwhile. */
  public static JsonRecords open(SeekableByteChannel channel, Layout layout) throws IOException {
    channel.position(0);
    return new JsonRecords(channel, layout, (int) Math.min(WINDOW_BYTES, channel.size()));
  }

  /**
   * The next record, or null at the end of the file. The only value of a file is the whole file,
   * white space and all, so that its bytes are those of the file's own CID.
   */
  public @Nullable Span next() throws IOException {
    if (layout == Layout.LINES) {
      return nextLine();
    }
    boolean first = !started;
    started = true;
    Span span = first ? firstValue() : nextValue();
    if (first && span != null && !inArray && !skipWhile(JsonRecords::isSpace)) {
      return new Span(0, channel.size(), span.bytes());
    }
    return span;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private @Nullable Span nextLine() throws IOException {
    if (!started) {
      started = true;
      skipByteOrderMark();
    }
    if (!skipWhile(JsonRecords::isSpace)) {
      return null;
    }
    long start = position();
    skipWhile(b -> b != '\n');
    return span(start, position());
  }

  private @Nullable Span firstValue() throws IOException {
    skipByteOrderMark();
    inArray = skipWhile(JsonRecords::isSpace) && peek() == '[';
    if (inArray) {
      at++;
    } else if (peek() == '{') {
      int head = pageHead();
      inPage = head > 0;
      inArray = inPage;
      at += head;
    }
    return nextValue();
  }

  /** Bytes before the first record of an API's page, up to its list; 0 if the file is none. */
  private int pageHead() {
    int length = Math.min(MAX_HEAD_BYTES, windowEnd - at);
    Matcher head = PAGE_HEAD.matcher(new String(window, at, length, StandardCharsets.ISO_8859_1));
    return head.lookingAt() ? head.end() : 0;
  }

  private @Nullable Span nextValue() throws IOException {
    if (!skipWhile(b -> isSpace(b) || (inArray && b == ','))) {
      return null;
    }
    if (inArray && peek() == ']') {
      at++;
      return afterArray();
    }
    long start = position();
    skipOneValue();
    return span(start, position());
  }

  /** What stands behind a closed array is no element: it is one broken record. */
  private @Nullable Span afterArray() throws IOException {
    if (!skipWhile(JsonRecords::isSpace)) {
      return null;
    }
    if (inPage && peek() == '}') {
      at++;
      inPage = false;
      return afterArray();
    }
    long start = position();
    at = windowEnd;
    while (peek() >= 0) {
      at = windowEnd;
    }
    return span(start, position());
  }

  /** Moves past a balanced object or array, or past anything else up to the next separator. */
  private void skipOneValue() throws IOException {
    int depth = 0;
    boolean inString = false;
    for (int b = peek(); b >= 0; b = peek()) {
      if (inString) {
        at++;
        if (b == '\\' && peek() >= 0) {
          at++;
        }
        inString = b != '"';
        continue;
      }
      if (inArray && depth == 0 && (b == ',' || b == ']')) {
        return;
      }
      at++;
      if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth <= 0) {
        return;
      } else if (depth == 0 && b == '\n' && !inArray) {
        return;
      }
    }
  }

  private void skipByteOrderMark() throws IOException {
    if (peek() >= 0
        && windowEnd >= BOM.length
        && Arrays.equals(window, 0, BOM.length, BOM, 0, BOM.length)) {
      at = BOM.length;
    }
  }

  /** False at the end of the file. */
  private boolean skipWhile(IntPredicate skipped) throws IOException {
    int b = peek();
    while (b >= 0 && skipped.test(b)) {
      at++;
      b = peek();
    }
    return b >= 0;
  }

  private long position() {
    return windowStart + at;
  }

  /** The byte at the position, or -1 at the end of the file. */
  private int peek() throws IOException {
    if (at == windowEnd) {
      windowStart += windowEnd;
      at = 0;
      channel.position(windowStart);
      windowEnd = Math.max(0, readFully(ByteBuffer.wrap(window)));
      if (windowEnd == 0) {
        return -1;
      }
    }
    return window[at] & 0xff;
  }

  private int readFully(ByteBuffer into) throws IOException {
    int count = 0;
    while (count >= 0 && into.hasRemaining()) {
      count = channel.read(into);
    }
    return into.position();
  }

  private Span span(long start, long end) throws IOException {
    long length = end - start;
    if (length > MAX_RECORD_BYTES) {
      return new Span(start, length, null);
    }
    if (start >= windowStart) {
      int from = (int) (start - windowStart);
      return new Span(start, length, Arrays.copyOfRange(window, from, from + (int) length));
    }
    return new Span(start, length, read(channel, start, (int) length));
  }

  /**
   * Reads a record again at its place.
   *
   * @throws EOFException if the file ends before it
   */
  public static byte[] read(SeekableByteChannel channel, long offset, int length)
      throws IOException {
    ByteBuffer into = ByteBuffer.wrap(new byte[length]);
    channel.position(offset);
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new EOFException(
            "Cannot read record: file ends before byte " + (offset + length) + " (whole record)");
      }
    }
    return into.array();
  }

  private static boolean isSpace(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
