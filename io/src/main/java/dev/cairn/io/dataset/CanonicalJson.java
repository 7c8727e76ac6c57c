package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON with one form for each value, so that equal values have equal CIDs.
 *
 * <p>Values are {@link String}, {@link Boolean}, {@link Long} (or Integer, when writing) below
 * 2^53, {@link List}, and {@link Map} with ASCII keys; in the dag-json form also {@link Cid}, a
 * link. Anything else is refused: null, fractions, a key {@code "/"}, a lone surrogate (storage.md,
 * section 4).
 *
 * <p>The plain form is RFC 8785. The dag-json form is what Kubo 0.42.0 writes (measured): the same
 * but for the characters U+0008, U+000C, U+2028 and U+2029, which it escapes by their number.
 */
public final class CanonicalJson {
  /** Bytes of a text at most: a manifest of some hundred thousand shards. */
  public static final int MAX_BYTES = 64 << 20;

  /** Lists and maps inside each other at most. */
  public static final int MAX_DEPTH = 32;

  /** Integers are below this, either side of zero: every JSON reader keeps them whole. */
  public static final long INTEGER_BOUND = 1L << 53;

  private CanonicalJson() {}

  /** The plain form. */
  public static byte[] write(Object value) {
    return new JsonWriter(false).write(value);
  }

  /** The dag-json form, with CIDs as links. */
  public static byte[] writeDag(Object value) {
    return new JsonWriter(true).write(value);
  }

  /**
   * Reads the plain form.
   *
   * @throws MalformedContentException if the bytes are not exactly what {@link #write} gives
   */
  public static Object read(byte[] json) throws MalformedContentException {
    Object value = JsonReader.read(json, false);
    return sameAgain(value, write(value), json);
  }

  /**
   * Reads the dag-json form.
   *
   * @throws MalformedContentException if the bytes are not exactly what {@link #writeDag} gives
   */
  public static Object readDag(byte[] json) throws MalformedContentException {
    Object value = JsonReader.read(json, true);
    return sameAgain(value, writeDag(value), json);
  }

  /**
   * An immutable copy of a plain map, as reading would give it: sorted, with Long integers.
   *
   * @throws IllegalArgumentException if something in it is no value
   */
  public static SortedMap<String, Object> copy(Map<String, ?> map) {
    write(map);
    return copyMap(map);
  }

  private static Object sameAgain(Object value, byte[] again, byte[] json)
      throws MalformedContentException {
    if (!Arrays.equals(again, json)) {
      int at = Arrays.mismatch(again, json);
      throw new MalformedContentException("Cannot read JSON: byte " + at + " (canonical form)");
    }
    return value;
  }

  private static SortedMap<String, Object> copyMap(Map<?, ?> map) {
    SortedMap<String, Object> copy = new TreeMap<>();
    map.forEach((key, value) -> copy.put((String) key, copyValue(value)));
    return Collections.unmodifiableSortedMap(copy);
  }

  private static Object copyValue(Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>(list.size());
      list.forEach(item -> copy.add(copyValue(item)));
      return Collections.unmodifiableList(copy);
    }
    return value instanceof Map<?, ?> map ? copyMap(map) : value;
  }
}
