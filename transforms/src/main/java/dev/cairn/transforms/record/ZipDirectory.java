package dev.cairn.transforms.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Looks at how long an archive's central directory is before a library holds all of it. */
final class ZipDirectory {
  /** Bytes from a central directory's start to the archive's end at most: some 500,000 members. */
  static final long MAX_BYTES = 64L << 20;

  // APPNOTE.TXT 6.3.10, sections 4.3.14 to 4.3.16.
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int MAX_COMMENT_BYTES = 0xffff;
  private static final int END_OFFSET_AT = 16;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LOCATOR_BYTES = 20;
  private static final int LOCATOR_OFFSET_AT = 8;
  private static final int END64_BYTES = 56;
  private static final int END64_OFFSET_AT = 48;

  private ZipDirectory() {}

  /**
   * Checks the length.
   *
   * @throws IOException if there is no central directory, or it is longer than {@link #MAX_BYTES}
   */
  static void check(SeekableByteChannel archive) throws IOException {
    long size = archive.size();
    long start = start(archive, size);
    if (start < 0 || start > size || size - start > MAX_BYTES) {
      throw new IOException(
          "Cannot read archive: central directory at "
              + start
              + " of "
              + size
              + " bytes (at most "
              + MAX_BYTES
              + " before the end)");
    }
  }

  private static long start(SeekableByteChannel archive, long size) throws IOException {
    int tail = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES);
    ByteBuffer end = read(archive, size - tail, tail);
    for (int at = tail - END_BYTES; at >= 0; at--) {
      if (end.getInt(at) == END_SIGNATURE) {
        long offset = Integer.toUnsignedLong(end.getInt(at + END_OFFSET_AT));
        // Readers follow a zip64 locator wherever there is one.
        long end64 = size - tail + at;
        return hasLocator(archive, end64) ? start64(archive, end64, size) : offset;
      }
    }
    throw new IOException("Cannot read archive: no end of a central directory (zip)");
  }

  private static boolean hasLocator(SeekableByteChannel archive, long end) throws IOException {
    return end >= LOCATOR_BYTES
        && read(archive, end - LOCATOR_BYTES, LOCATOR_BYTES).getInt(0) == LOCATOR_SIGNATURE;
  }

  private static long start64(SeekableByteChannel archive, long end, long size) throws IOException {
    ByteBuffer locator = read(archive, end - LOCATOR_BYTES, LOCATOR_BYTES);
    long at = locator.getLong(LOCATOR_OFFSET_AT);
    if (at < 0 || at > size - END64_BYTES) {
      throw new IOException("Cannot read archive: its zip64 locator (in the archive)");
    }
    return read(archive, at, END64_BYTES).getLong(END64_OFFSET_AT);
  }

  private static ByteBuffer read(SeekableByteChannel archive, long at, int length)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    archive.position(at);
    while (bytes.hasRemaining()) {
      if (archive.read(bytes) < 0) {
        throw new IOException("Cannot read archive: it ends early (" + length + " bytes)");
      }
    }
    return bytes;
  }
}
