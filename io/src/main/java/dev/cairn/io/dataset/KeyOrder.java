package dev.cairn.io.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of records in a dataset: shorter keys first, then by the bytes of their UTF-8, so that
 * numbers sort as numbers.
 */
final class KeyOrder {
  static final Comparator<byte[]> BYTES =
      Comparator.<byte[]>comparingInt(key -> key.length).thenComparing(Arrays::compareUnsigned);

  private KeyOrder() {}

  static byte[] utf8(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }
}
