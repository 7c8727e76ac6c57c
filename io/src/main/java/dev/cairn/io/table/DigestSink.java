package dev.cairn.io.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Feeds encoded values to SHA-256, in pieces of bounded size. */
final class DigestSink {
  /** Characters of a text that are encoded at a time. */
  static final int PIECE_CHARS = 64 << 10;

  private static final int BUFFER_BYTES = 4 << 10;

  private final MessageDigest digest;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);

  DigestSink() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-256 is in every JDK", e);
    }
  }

  void int8(int value) {
    room(1).put((byte) value);
  }

  void int32(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void int64(long value) {
    room(Long.BYTES).putLong(value);
  }

  /** {@code text} has no lone surrogate. */
  void text(String text) {
    int64(Utf8.length(text));
    for (int from = 0; from < text.length(); ) {
      int to = Math.min(text.length(), from + PIECE_CHARS);
      if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
        to--;
      }
      bytes(text.substring(from, to).getBytes(StandardCharsets.UTF_8));
      from = to;
    }
  }

  /** A count and the bytes. */
  void binary(byte[] value) {
    int32(value.length);
    bytes(value);
  }

  byte[] digest() {
    flush();
    return digest.digest();
  }

  private void bytes(byte[] bytes) {
    if (bytes.length <= buffer.capacity()) {
      room(bytes.length).put(bytes);
    } else {
      flush();
      digest.update(bytes);
    }
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    digest.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
