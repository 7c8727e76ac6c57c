package dev.cairn.io.dataset;

import java.io.Serializable;
import java.util.Comparator;

/**
 * The order of record ids: shorter first by UTF-8 bytes, then by those bytes, so that ids which end
 * in numbers sort as numbers (design.md, "Shards").
 */
public final class KeyOrder implements Comparator<String>, Serializable {
  private static final long serialVersionUID = 1L;

  public static final KeyOrder INSTANCE = new KeyOrder();

  private KeyOrder() {}

  @Override
  public int compare(String a, String b) {
    int byLength = Long.compare(utf8Length(a), utf8Length(b));
    return byLength != 0 ? byLength : compareBytes(a, b);
  }

  /** By UTF-8 bytes alone, which is the order of code points. */
  static int compareBytes(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothSame = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothSame ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private Object readResolve() {
    return INSTANCE;
  }
}
