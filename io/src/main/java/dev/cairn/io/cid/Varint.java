package dev.cairn.io.cid;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Unsigned varints: seven bits a byte, least significant first, at most nine bytes and in the
 * shortest form (multiformats unsigned-varint specification).
 */
public final class Varint {
  /** Bytes of the longest varint the specification allows: 63 bits. */
  public static final int MAX_BYTES = 9;

  private Varint() {}

  /**
   * Reads one varint and moves the buffer past it.
   *
   * @throws MalformedContentException if it is longer than nine bytes, not in the shortest form, or
   *     cut off
   */
  public static long read(ByteBuffer in) throws MalformedContentException {
    long value = 0;
    for (int i = 0; i < MAX_BYTES; i++) {
      byte b = nextByte(in);
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        if (b == 0 && i > 0) {
          throw new MalformedContentException(
              "Cannot read varint: padded with zero (shortest form)");
        }
        return value;
      }
    }
    throw new MalformedContentException("Cannot read varint: too long (at most 9 bytes)");
  }

  /** Appends {@code value}, which must not be negative. */
  public static void write(ByteArrayOutputStream out, long value) {
    if (value < 0) {
      throw new IllegalArgumentException("Cannot write varint: " + value + " (not negative)");
    }
    long rest = value;
    while (rest >= 0x80) {
      out.write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** The number of bytes {@link #write} needs for {@code value}. */
  public static int size(long value) {
    int bits = Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(value));
    return (bits + 6) / 7;
  }

  private static byte nextByte(ByteBuffer in) throws MalformedContentException {
    try {
      return in.get();
    } catch (BufferUnderflowException e) {
      throw new MalformedContentException("Cannot read varint: cut off (a byte below 0x80)", e);
    }
  }
}
