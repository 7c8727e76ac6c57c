package dev.cairn.io.car;

import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.MalformedContentException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads an index section of code 0x0401 front to back, bucket by bucket. Nothing is allocated by
 * what the section states. Not thread-safe; the stream belongs to the caller.
 */
public final class IndexReader {
  /** Bytes of the code, a varint. */
  private static final int CODE_BYTES = 2;

  private static final int FIRST_CODE_BYTE = 0x81;
  private static final int SECOND_CODE_BYTE = 0x08;
  private static final int MAX_DIGEST_BYTES = HashFunction.MAX_IDENTITY_BYTES;

  private final InputStream in;
  private long left;
  private long position;
  private int functionsLeft;
  private int widthsLeft;
  private long code;
  private long entriesLeft;
  private int width;

  /**
   * Entries of one hash function and width.
   *
   * @param code the hash function's code
   * @param width bytes of an entry: digest and offset
   * @param entries how many there are
   * @param position bytes from the section's start to the first
   */
  public record Bucket(long code, int width, long entries, long position) {
    /** Bytes of a digest. */
    public int digestBytes() {
      return width - MultihashIndex.OFFSET_BYTES;
    }
  }

  /**
   * Reads the code.
   *
   * @param length bytes of the section
   */
  public IndexReader(InputStream in, long length) throws IOException {
    this.in = in;
    this.left = length;
    ByteBuffer code = read(CODE_BYTES);
    if ((code.get() & 0xff) != FIRST_CODE_BYTE || code.get() != SECOND_CODE_BYTE) {
      throw malformed("another code (0x0401)");
    }
    functionsLeft = read(Integer.BYTES).getInt();
    if (functionsLeft < 0) {
      throw malformed(functionsLeft + " hash functions (not negative)");
    }
  }

  /** The next bucket, or null at the end. What was not read of the one before is skipped. */
  public @Nullable Bucket nextBucket() throws IOException {
    skipEntries();
    while (widthsLeft == 0) {
      if (functionsLeft == 0) {
        if (left != 0) {
          throw malformed(left + " bytes behind the last bucket (none)");
        }
        return null;
      }
      functionsLeft--;
      code = read(Long.BYTES).getLong();
      widthsLeft = read(Integer.BYTES).getInt();
      if (widthsLeft < 0) {
        throw malformed(widthsLeft + " widths (not negative)");
      }
    }
    widthsLeft--;
    width = read(Integer.BYTES).getInt();
    long bytes = read(Long.BYTES).getLong();
    boolean widthFits =
        width >= MultihashIndex.OFFSET_BYTES
            && width <= MultihashIndex.OFFSET_BYTES + MAX_DIGEST_BYTES;
    if (!widthFits || bytes < 0 || bytes > left || bytes % width != 0) {
      throw malformed(bytes + " bytes of entries of " + width + " in " + left);
    }
    entriesLeft = bytes / width;
    return new Bucket(code, width, entriesLeft, position);
  }

  /**
   * Reads as many whole entries of the bucket as are left and fit into {@code into}.
   *
   * @return how many
   */
  public int readEntries(byte[] into) throws IOException {
    int entries = (int) Math.min(entriesLeft, into.length / width);
    int bytes = entries * width;
    if (in.readNBytes(into, 0, bytes) < bytes) {
      throw malformed("cut off at byte " + position);
    }
    advance(bytes);
    entriesLeft -= entries;
    return entries;
  }

  private void skipEntries() throws IOException {
    long bytes = entriesLeft * width;
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw new MalformedContentException(
          "Cannot read CARv2 index: cut off behind byte " + position, e);
    }
    advance(bytes);
    entriesLeft = 0;
  }

  private ByteBuffer read(int bytes) throws IOException {
    if (bytes > left) {
      throw malformed("cut off at byte " + position);
    }
    byte[] read = in.readNBytes(bytes);
    if (read.length < bytes) {
      throw malformed("cut off at byte " + position);
    }
    advance(bytes);
    return ByteBuffer.wrap(read).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void advance(long bytes) {
    position += bytes;
    left -= bytes;
  }

  private static MalformedContentException malformed(String found) {
    return new MalformedContentException("Cannot read CARv2 index: " + found);
  }
}
