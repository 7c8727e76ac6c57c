package dev.cairn.transforms.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.table.Utf8;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** Bytes of one record to a JSON object, or to the reason why they are none. */
public final class RecordJson {
  /** Levels of nesting at most: no published record has ten. */
  private static final int MAX_DEPTH = 100;

  private static final int BOM_BYTES = 3;
  private static final int PIECE_CHARS = 1 << 13;
  private static final String NOT_JSON = "not JSON in UTF-8 (one object a record)";

  private static final ObjectReader READER = reader();

  private static final ObjectReader EXACT =
      JsonMapper.builder(factory())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);

  private static final JsonMapper ORDERED =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private RecordJson() {}

  /** Reads one record: a JSON object in UTF-8, with or without a byte order mark. */
  public static ObjectNode parse(byte[] bytes) throws BadRecordException {
    int skip = startsWithByteOrderMark(bytes) ? BOM_BYTES : 0;
    if (!isUtf8(bytes)) {
      throw new BadRecordException("invalid_json", NOT_JSON, null);
    }
    try {
      JsonNode node = READER.readTree(bytes, skip, bytes.length - skip);
      if (node instanceof ObjectNode object) {
        return object;
      }
      throw new BadRecordException("not_an_object", "JSON, but no object (one object a record)");
    } catch (JsonProcessingException e) {
      throw new BadRecordException("invalid_json", NOT_JSON, e);
    } catch (IOException e) {
      throw new UncheckedIOException("no input or output over a byte array", e);
    }
  }

  /**
   * A reader of JSON by the same rules, for numbers whose digits all count.
   *
   * @return for texts of any length, of which one value at a time is read
   */
  public static ObjectReader exact() {
    return EXACT;
  }

  /**
   * Refuses an object with a text that has no UTF-8: JSON can escape half a character.
   *
   * @throws BadRecordException if there is one
   */
  public static void requireUnicode(ObjectNode object) throws BadRecordException {
    if (!isUnicode(object)) {
      throw new BadRecordException("invalid_unicode", "a lone surrogate (Unicode text)");
    }
  }

  /** Depth is bounded by the parser. */
  private static boolean isUnicode(JsonNode node) {
    if (node.isTextual()) {
      return Utf8.length(node.textValue()) >= 0;
    }
    for (String name : (Iterable<String>) node::fieldNames) {
      if (Utf8.length(name) < 0) {
        return false;
      }
    }
    for (JsonNode inner : node) {
      if (!isUnicode(inner)) {
        return false;
      }
    }
    return true;
  }

  /** The same object as text without blanks, its names sorted. */
  public static String canonical(ObjectNode object) {
    try {
      return ORDERED.writeValueAsString(ORDERED.treeToValue(object, Object.class));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("what was read as JSON can be written", e);
    }
  }

  /** Jackson reads overlong forms and encoded surrogates too, as what they seem to mean. */
  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(PIECE_CHARS);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      out.clear();
      result = decoder.decode(in, out, true);
    }
    return !result.isError();
  }

  private static boolean startsWithByteOrderMark(byte[] b) {
    return b.length >= BOM_BYTES
        && b[0] == (byte) 0xef
        && b[1] == (byte) 0xbb
        && b[2] == (byte) 0xbf;
  }

  private static JsonFactory factory() {
    return new JsonFactoryBuilder()
        .disable(JsonFactory.Feature.CHARSET_DETECTION)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(JsonRecords.MAX_RECORD_BYTES)
                .maxNestingDepth(MAX_DEPTH)
                .build())
        .build();
  }

  private static ObjectReader reader() {
    return JsonMapper.builder(factory())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build()
        .reader();
  }
}
