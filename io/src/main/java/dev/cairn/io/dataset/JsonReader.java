package dev.cairn.io.dataset;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one value in {@link CanonicalJson}'s forms, within limits, refusing all else. */
final class JsonReader {
  private static final String LINK = "/";

  /** Digits of 2^53 and a sign: no longer number is parsed. */
  private static final int MAX_NUMBER_CHARS = 17;

  private static final int MAX_KEY_CHARS = 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(CanonicalJson.MAX_BYTES)
                  .maxNestingDepth(CanonicalJson.MAX_DEPTH + 2)
                  .maxNumberLength(MAX_NUMBER_CHARS)
                  .maxNameLength(MAX_KEY_CHARS)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final JsonParser in;
  private final boolean dag;

  private JsonReader(JsonParser in, boolean dag) {
    this.in = in;
    this.dag = dag;
  }

  static Object read(byte[] json, boolean dag) throws MalformedContentException {
    if (json.length > CanonicalJson.MAX_BYTES) {
      throw refusal(json.length + " bytes", "at most " + CanonicalJson.MAX_BYTES);
    }
    try (JsonParser parser = JSON.createParser(json)) {
      Object value = new JsonReader(parser, dag).value(parser.nextToken(), 0);
      if (parser.nextToken() != null) {
        throw refusal("more behind the value", "one value");
      }
      return value;
    } catch (MalformedContentException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw new MalformedContentException(
          "Cannot read JSON: " + e.getOriginalMessage() + " (well-formed, in limits)", e);
    } catch (IOException e) {
      throw new MalformedContentException("Cannot read JSON: " + e.getMessage() + " (UTF-8)", e);
    }
  }

  private Object value(@Nullable JsonToken token, int depth) throws IOException {
    if (token == null) {
      throw refusal("nothing", "one value");
    }
    if (depth > CanonicalJson.MAX_DEPTH) {
      throw refusal("depth " + depth, "at most " + CanonicalJson.MAX_DEPTH);
    }
    return switch (token) {
      case VALUE_STRING -> text(in.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> integer();
      case START_ARRAY -> list(depth);
      case START_OBJECT -> map(depth);
      default -> throw refusal(token.toString(), "text, boolean, integer, list or map");
    };
  }

  private Object integer() throws IOException {
    long number = in.getLongValue();
    if (number >= CanonicalJson.INTEGER_BOUND || number <= -CanonicalJson.INTEGER_BOUND) {
      throw refusal(Long.toString(number), "below 2^53");
    }
    return number;
  }

  private static String text(String text) throws MalformedContentException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          throw refusal("a lone surrogate", "text that has UTF-8");
        }
        i++;
      }
    }
    return text;
  }

  private Object list(int depth) throws IOException {
    List<Object> list = new ArrayList<>();
    for (JsonToken t = in.nextToken(); t != JsonToken.END_ARRAY; t = in.nextToken()) {
      list.add(value(t, depth + 1));
    }
    return Collections.unmodifiableList(list);
  }

  private Object map(int depth) throws IOException {
    SortedMap<String, Object> map = new TreeMap<>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      if (key.equals(LINK) && dag && map.isEmpty()) {
        return link();
      }
      if (!JsonWriter.isKey(key)) {
        throw refusal("a key", "printable ASCII, not /");
      }
      map.put(key, value(in.nextToken(), depth + 1));
    }
    return Collections.unmodifiableSortedMap(map);
  }

  private Cid link() throws IOException {
    if (in.nextToken() != JsonToken.VALUE_STRING) {
      throw refusal("bytes", "text, boolean, integer, list, map, link");
    }
    Cid cid = Cid.parse(in.getText());
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw refusal("more beside a link", "a link alone");
    }
    return cid;
  }

  private static MalformedContentException refusal(String found, String rule) {
    return new MalformedContentException("Cannot read JSON: " + found + " (" + rule + ")");
  }
}
