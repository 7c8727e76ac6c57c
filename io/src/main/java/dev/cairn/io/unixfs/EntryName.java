package dev.cairn.io.unixfs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The rule for names in a folder. */
final class EntryName {
  /** Bytes of a name: 255 characters of four bytes, more than any file system takes. */
  static final int MAX_BYTES = 1020;

  private EntryName() {}

  /** The UTF-8 bytes of a name that may be written. */
  static byte[] encode(String name) throws RefusedPathException {
    check(name);
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      if (utf8.remaining() > MAX_BYTES) {
        throw new RefusedPathException(
            "Cannot write name: " + name + " (at most " + MAX_BYTES + " bytes)");
      }
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      RefusedPathException refused =
          new RefusedPathException("Cannot write name: " + name + " (Unicode)");
      refused.initCause(e);
      throw refused;
    }
  }

  /** Refuses what is not one step down a path. */
  static void check(String name) throws RefusedPathException {
    boolean step = !name.isEmpty() && !name.equals(".") && !name.equals("..");
    if (!step || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      throw new RefusedPathException(
          "Cannot write name: '" + name.replace('\0', '?') + "' (one step of a path)");
    }
  }
}
