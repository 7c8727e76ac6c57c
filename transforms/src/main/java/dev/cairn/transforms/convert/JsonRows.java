package dev.cairn.transforms.convert;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.transforms.record.RecordJson;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Objects of a stream of JSON in UTF-8: one a line, several in a row, or one array of them. Numbers
 * keep all their digits. Memory: one object, of at most {@link JsonRecords#MAX_RECORD_BYTES}
 * characters. For one thread.
 */
final class JsonRows implements Closeable {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Budget budget;
  private final JsonParser parser;
  private boolean started;
  private boolean inArray;
  private long number;

  JsonRows(InputStream in) throws IOException {
    BufferedReader text =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    text.mark(1);
    try {
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    }
    this.budget = new Budget(text);
    this.parser = RecordJson.exact().createParser(budget);
  }

  /** Which object is read, from 1 on. */
  long number() {
    return number;
  }

  /**
   * The next object, null behind the last.
   *
   * @throws MalformedContentException if there is something else than objects
   */
  @Nullable ObjectNode next() throws IOException {
    budget.renew();
    number++;
    try {
      JsonToken token = parser.nextToken();
      if (!started) {
        started = true;
        inArray = token == JsonToken.START_ARRAY;
        token = inArray ? parser.nextToken() : token;
      }
      if (inArray && token == JsonToken.END_ARRAY) {
        if (parser.nextToken() != null) {
          throw notJson("more behind its array", null);
        }
        return null;
      }
      if (token == null) {
        return null; // an array without its end is not JSON
      }
      JsonNode node = RecordJson.exact().readTree(parser);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw notJson("no object", null);
    } catch (CharacterCodingException e) {
      throw notUtf8(e);
    } catch (JsonProcessingException e) {
      throw notJson("not JSON", e);
    } catch (NumberFormatException | ArithmeticException e) {
      throw notJson("a number beyond all bounds", e);
    }
  }

  private MalformedContentException notJson(String found, @Nullable Exception cause) {
    return new MalformedContentException(
        "Cannot read JSON: record " + number + ": " + found + " (objects without repeated names)",
        cause);
  }

  private static MalformedContentException notUtf8(CharacterCodingException cause) {
    return new MalformedContentException("Cannot read JSON: its bytes (UTF-8)", cause);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  /** Ends a record that would not fit into memory. */
  private static final class Budget extends FilterReader {
    private long left;

    Budget(Reader in) {
      super(in);
    }

    void renew() {
      left = JsonRecords.MAX_RECORD_BYTES;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      if (left <= 0) {
        throw new MalformedContentException(
            "Cannot read JSON: a record of more than "
                + JsonRecords.MAX_RECORD_BYTES
                + " characters (at most)");
      }
      int count = in.read(buffer, offset, length);
      left -= Math.max(0, count);
      return count;
    }
  }
}
