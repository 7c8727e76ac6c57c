package dev.cairn.io.store.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * JSON values, one a line, as they come. Holds one line. Not thread-safe.
 *
 * <p>Messages never repeat the lines: an endpoint may put anything there.
 */
public final class JsonLines {
  /** Bytes of a line at most: a list of all entries of a large folder fits. */
  public static final int MAX_LINE_BYTES = 16 << 20;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(16)
                      .maxStringLength(MAX_LINE_BYTES)
                      .build())
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
              .build());

  private final InputStream in;
  private final String what;
  private final long limit;
  private long count;

  private JsonLines(InputStream in, String what, long limit) {
    this.in = in;
    this.what = what;
    this.limit = limit;
  }

  /**
   * The lines of an answer.
   *
   * @param limit lines at most; an endpoint that sends more is not listened to
   */
  public static JsonLines of(HttpReply reply, long limit) {
    return new JsonLines(new BufferedInputStream(reply.body()), reply.what(), limit);
  }

  /**
   * The next value, or null at the end.
   *
   * @throws BadAnswerException if a line is too long, is no JSON, or is one too many
   */
  public @Nullable JsonNode next() throws IOException {
    byte[] line = line();
    if (line.length == 0) {
      return null;
    }
    if (++count > limit) {
      throw bad("at most " + limit + " lines");
    }
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw bad("lines of JSON");
    }
  }

  /** The next line that is not empty; empty at the end. */
  private byte[] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b != '\n') {
        line.write(b);
        if (line.size() > MAX_LINE_BYTES) {
          throw bad("lines of at most " + MAX_LINE_BYTES + " bytes");
        }
      } else if (line.size() > 0) {
        break;
      }
    }
    return line.toByteArray();
  }

  private BadAnswerException bad(String rule) {
    return new BadAnswerException("Cannot read answer: " + what + " (" + rule + ")", null);
  }
}
