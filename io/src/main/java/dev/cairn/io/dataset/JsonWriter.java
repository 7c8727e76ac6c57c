package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes one value in {@link CanonicalJson}'s forms. */
final class JsonWriter {
  private static final String LINK = "/";

  private final StringBuilder out = new StringBuilder();
  private final boolean dag;

  JsonWriter(boolean dag) {
    this.dag = dag;
  }

  byte[] write(Object value) {
    value(value, 0);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Text in quotes, escaped as RFC 8785 asks. */
  static String quote(String text) {
    JsonWriter writer = new JsonWriter(false);
    writer.text(text);
    return writer.out.toString();
  }

  private void value(@Nullable Object value, int depth) {
    if (depth > CanonicalJson.MAX_DEPTH) {
      throw refusal("depth " + depth, "at most " + CanonicalJson.MAX_DEPTH);
    }
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Boolean || value instanceof Integer) {
      out.append(value);
    } else if (value instanceof Long number) {
      integer(number);
    } else if (value instanceof List<?> list) {
      list(list, depth);
    } else if (value instanceof Map<?, ?> map) {
      map(map, depth);
    } else if (value instanceof Cid link && dag) {
      out.append("{\"/\":\"").append(link).append("\"}");
    } else {
      String found = value == null ? "null" : value.getClass().getName();
      throw refusal(found, "text, boolean, integer, list, map" + (dag ? ", link" : ""));
    }
  }

  private void integer(long number) {
    if (number >= CanonicalJson.INTEGER_BOUND || number <= -CanonicalJson.INTEGER_BOUND) {
      throw refusal(Long.toString(number), "below 2^53");
    }
    out.append(number);
  }

  private void list(List<?> list, int depth) {
    String before = "[";
    for (Object item : list) {
      out.append(before);
      value(item, depth + 1);
      before = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private void map(Map<?, ?> map, int depth) {
    Map<String, Object> sorted = new TreeMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String key) || !isKey(key)) {
        throw refusal("key " + entry.getKey(), "printable ASCII, not /");
      }
      sorted.put(key, entry.getValue());
    }
    String before = "{";
    for (Map.Entry<String, Object> entry : sorted.entrySet()) {
      out.append(before);
      text(entry.getKey());
      out.append(':');
      value(entry.getValue(), depth + 1);
      before = ",";
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  static boolean isKey(String key) {
    return !key.equals(LINK) && key.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private void text(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
          throw refusal("a lone surrogate", "text that has UTF-8");
        }
        out.append(c).append(text.charAt(++i));
      } else {
        character(c);
      }
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append(dag ? "\\u0008" : "\\b");
      case '\f' -> out.append(dag ? "\\u000c" : "\\f");
      case '\u2028', '\u2029' -> {
        if (dag) {
          out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(c);
        }
      }
      default -> {
        if (c < ' ') {
          out.append("\\u").append(HexFormat.of().toHexDigits(c));
        } else {
          out.append(c);
        }
      }
    }
  }

  private static IllegalArgumentException refusal(String found, String rule) {
    return new IllegalArgumentException("Cannot write JSON: " + found + " (" + rule + ")");
  }
}
