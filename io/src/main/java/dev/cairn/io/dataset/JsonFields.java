package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON map, taken out one by one with their types. */
final class JsonFields {
  private final String what;
  private final SortedMap<String, Object> rest;

  private JsonFields(String what, SortedMap<String, Object> rest) {
    this.what = what;
    this.rest = rest;
  }

  /**
   * @param what the value is, for errors
   */
  static JsonFields of(String what, Object value) throws MalformedContentException {
    if (!(value instanceof Map<?, ?> map)) {
      throw new MalformedContentException("Cannot read " + what + ": no map (a map)");
    }
    SortedMap<String, Object> rest = new TreeMap<>();
    map.forEach((k, v) -> rest.put((String) k, v));
    return new JsonFields(what, rest);
  }

  String text(String name) throws MalformedContentException {
    return typed(name, String.class, required(name));
  }

  @Nullable String textOrNull(String name) throws MalformedContentException {
    Object value = rest.remove(name);
    return value == null ? null : typed(name, String.class, value);
  }

  /** A number that is not negative. */
  long count(String name) throws MalformedContentException {
    return count(name, required(name));
  }

  /** A CID that is a link in the dag-json form. */
  Cid link(String name) throws MalformedContentException {
    return typed(name, Cid.class, required(name));
  }

  /** A CID that is text. */
  Cid cid(String name) throws MalformedContentException {
    return Cid.parse(text(name));
  }

  /** A map; empty if absent. */
  SortedMap<String, Object> map(String name) throws MalformedContentException {
    Object value = rest.remove(name);
    return value == null ? new TreeMap<>() : of(what + " " + name, value).rest;
  }

  /** A map of numbers that are not negative; empty if absent. */
  SortedMap<String, Long> counts(String name) throws MalformedContentException {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, Object> entry : map(name).entrySet()) {
      counts.put(entry.getKey(), count(name + " " + entry.getKey(), entry.getValue()));
    }
    return counts;
  }

  /** A list; empty if absent. */
  List<Object> list(String name) throws MalformedContentException {
    Object value = rest.remove(name);
    List<?> list = value == null ? List.of() : typed(name, List.class, value);
    return Collections.unmodifiableList(list);
  }

  /** A list of texts; empty if absent. */
  List<String> texts(String name) throws MalformedContentException {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      texts.add(typed(name, String.class, item));
    }
    return texts;
  }

  /** Refuses fields that nobody has taken: they would be lost when written again. */
  void end() throws MalformedContentException {
    Set<String> unknown = rest.keySet();
    if (!unknown.isEmpty()) {
      throw refusal(unknown.iterator().next(), "unknown");
    }
  }

  private Object required(String name) throws MalformedContentException {
    Object value = rest.remove(name);
    if (value == null) {
      throw refusal(name, "missing");
    }
    return value;
  }

  private long count(String name, Object value) throws MalformedContentException {
    long number = typed(name, Long.class, value);
    if (number < 0) {
      throw refusal(name, "not negative");
    }
    return number;
  }

  private <T> T typed(String name, Class<T> type, Object value) throws MalformedContentException {
    if (!type.isInstance(value)) {
      throw refusal(name, type.getSimpleName());
    }
    return type.cast(value);
  }

  private MalformedContentException refusal(String name, String rule) {
    return new MalformedContentException("Cannot read " + what + ": " + name + " (" + rule + ")");
  }
}
