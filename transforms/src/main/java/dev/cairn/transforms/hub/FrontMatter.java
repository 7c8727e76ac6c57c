package dev.cairn.transforms.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A card as a file: YAML between two lines of three hyphens, then Markdown. YAML 1.2, in which
 * {@code no} is Norwegian and not false.
 *
 * @param metadata what the YAML says; null where there is none, or it cannot be read
 * @param body the Markdown; the whole file if there is no YAML
 * @param broken true if there is YAML that cannot be read
 */
record FrontMatter(@Nullable ObjectNode metadata, String body, boolean broken) {
  /** Characters of the YAML at most: the hub's largest has some hundred thousand. */
  private static final int MAX_CHARS = 4 << 20;

  /** Values at most: aliases can multiply them. */
  private static final int MAX_VALUES = 1_000_000;

  /** Characters of all values at most, for the same reason. */
  private static final long MAX_VALUE_CHARS = 16L << 20;

  /** Levels of nesting at most. */
  private static final int MAX_DEPTH = 50;

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private static final Pattern FENCED =
      Pattern.compile("\\s*---[ \t]*\\R(.*?)(?<=[\r\n])---[ \t]*(?:\\R|\\z)", Pattern.DOTALL);

  static FrontMatter of(String card) {
    String text = card.startsWith(BYTE_ORDER_MARK) ? card.substring(1) : card;
    Matcher fenced = FENCED.matcher(text);
    if (!fenced.lookingAt()) {
      return new FrontMatter(null, text, false);
    }
    String body = text.substring(fenced.end());
    ObjectNode metadata = read(fenced.group(1));
    return new FrontMatter(metadata, body, metadata == null);
  }

  private static @Nullable ObjectNode read(String yaml) {
    if (yaml.length() > MAX_CHARS) {
      return null;
    }
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel("front matter")
            .setCodePointLimit(MAX_CHARS)
            .setAllowDuplicateKeys(true)
            .build();
    try {
      requireShallow(settings, yaml);
      Object value = new Load(settings).loadFromString(yaml);
      JsonNode node = new Conversion().node(value, 0);
      if (node.isNull()) {
        return JsonNodeFactory.instance.objectNode();
      }
      return node instanceof ObjectNode object ? object : null;
    } catch (YamlEngineException | TooLargeException e) {
      return null;
    }
  }

  /** The loader recurses as deep as the YAML nests; the parser of its events does not. */
  private static void requireShallow(LoadSettings settings, String yaml) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(yaml)) {
      if (event instanceof CollectionStartEvent) {
        depth++;
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
      if (depth > MAX_DEPTH) {
        throw new TooLargeException();
      }
    }
  }

  private static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** To JSON: what YAML has beyond it becomes text. */
  private static final class Conversion {
    private int values;
    private long chars;

    JsonNode node(@Nullable Object value, int depth) {
      values++;
      if (values > MAX_VALUES || depth > MAX_DEPTH) {
        throw new TooLargeException();
      }
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      if (value instanceof Map<?, ?> map) {
        ObjectNode object = nodes.objectNode();
        map.forEach((key, inner) -> object.set(String.valueOf(key), node(inner, depth + 1)));
        return object;
      }
      if (value instanceof Iterable<?> list) {
        ArrayNode array = nodes.arrayNode();
        list.forEach(inner -> array.add(node(inner, depth + 1)));
        return array;
      }
      if (value instanceof Boolean flag) {
        return nodes.booleanNode(flag);
      }
      if (value instanceof Integer number) {
        return nodes.numberNode(number.intValue());
      }
      if (value instanceof Long number) {
        return nodes.numberNode(number.longValue());
      }
      if (value instanceof BigInteger number) {
        return nodes.numberNode(number);
      }
      if (value instanceof Double number && Double.isFinite(number)) {
        return nodes.numberNode(number.doubleValue());
      }
      if (value == null) {
        return nodes.nullNode();
      }
      String text = value.toString();
      chars += text.length();
      if (chars > MAX_VALUE_CHARS) {
        throw new TooLargeException();
      }
      return nodes.textNode(text);
    }
  }
}
