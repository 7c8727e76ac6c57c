package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The form of refs, pins, actions and writers: a first line that says what the file is and of what
 * (so that a copy under another name is found out), a body, and a last line with the SHA-256 of all
 * before it.
 */
final class SmallFile {
  /** Bytes of such a file at most: some hundred times what is written. */
  static final int MAX_BYTES = 1 << 16;

  private static final String CHECKSUM = "sha256 ";
  private static final int CHECKSUM_LINE = CHECKSUM.length() + 64 + 1;

  private SmallFile() {}

  /** The file's bytes. The title is ASCII of one line. */
  static byte[] encode(String title, String body) {
    String text = latin1(title + '\n' + body + '\n');
    byte[] whole = (text + checksumLine(text)).getBytes(StandardCharsets.ISO_8859_1);
    if (whole.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "Cannot write " + title + ": " + whole.length + " bytes (at most " + MAX_BYTES + ")");
    }
    return whole;
  }

  /**
   * Reads a file's body.
   *
   * @throws java.nio.file.NoSuchFileException if it is not there
   * @throws IntegrityException naming it, if it is not whole or not of this title
   */
  static String read(Disk disk, Path file, String title) throws IOException {
    // One char a byte, so that no damage can hide behind the decoder's replacement character.
    String text = new String(bytes(disk, file), StandardCharsets.ISO_8859_1);
    int bodyEnd = text.length() - CHECKSUM_LINE;
    String start = title + '\n';
    boolean whole =
        bodyEnd > start.length()
            && text.startsWith(start)
            && text.charAt(bodyEnd - 1) == '\n'
            && text.substring(bodyEnd).equals(checksumLine(text.substring(0, bodyEnd)));
    if (!whole) {
      throw new IntegrityException(
          "Cannot read " + title + ": " + file + " (damaged: checksum or title)");
    }
    String body = text.substring(start.length(), bodyEnd - 1);
    return new String(body.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(Disk disk, Path file) throws IOException {
    try (DiskFile open = disk.open(file)) {
      long size = open.size();
      if (size > MAX_BYTES) {
        throw new IntegrityException(
            "Cannot read file: " + file + " of " + size + " bytes (at most " + MAX_BYTES + ")");
      }
      byte[] bytes = new byte[(int) size];
      int read = open.read(0, ByteBuffer.wrap(bytes));
      return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
    }
  }

  /** UTF-8 bytes, one char each. */
  private static String latin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static String checksumLine(String latin1) {
    return CHECKSUM + DigestUtils.sha256Hex(latin1.getBytes(StandardCharsets.ISO_8859_1)) + '\n';
  }
}
