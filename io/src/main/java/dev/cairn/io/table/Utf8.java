package dev.cairn.io.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8, strictly: what is not well-formed is no text. */
public final class Utf8 {
  private Utf8() {}

  /**
   * The text of well-formed UTF-8: without overlong forms and encoded surrogates.
   *
   * @throws CharacterCodingException if the bytes are anything else
   */
  public static String decode(ByteBuffer bytes) throws CharacterCodingException {
    // A decoder that was not told otherwise reports.
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  /** Bytes of {@code text} in UTF-8, or -1 if it has a lone surrogate and therefore none. */
  public static long length(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        if (!Character.isSurrogate(c)) {
          bytes += c < 0x800 ? 1 : 2;
        } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
          bytes += 2;
          i++;
        } else {
          return -1;
        }
      }
    }
    return bytes;
  }
}
