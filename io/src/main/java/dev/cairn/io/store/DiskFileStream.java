package dev.cairn.io.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A span of a file as a stream, read in large pieces. Closing it leaves the file open. */
final class DiskFileStream extends InputStream {
  private static final int BUFFER_BYTES = 1 << 16;

  private final DiskFile file;
  private final ByteBuffer buffer;
  private final long end;
  private long position;

  DiskFileStream(DiskFile file, long start, long end) {
    this.file = file;
    this.position = start;
    this.end = end;
    this.buffer =
        ByteBuffer.allocate((int) Math.max(0, Math.min(BUFFER_BYTES, end - start))).limit(0);
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int bytes = Math.min(length, buffer.remaining());
    buffer.get(into, offset, bytes);
    return bytes;
  }

  private boolean fill() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), Math.max(0, end - position)));
      position += file.read(position, buffer);
      buffer.flip();
    }
    return buffer.hasRemaining();
  }
}
