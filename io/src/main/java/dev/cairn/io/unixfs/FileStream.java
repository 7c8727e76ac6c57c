package dev.cairn.io.unixfs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A file as a stream that skips without reading. */
final class FileStream extends InputStream {
  private final FileCursor cursor;
  private long position;

  FileStream(FileCursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (position == cursor.size()) {
      return -1;
    }
    byte[] leaf = cursor.leafAt(position, null);
    int from = (int) (position - cursor.leafStart());
    int part = Math.min(length, leaf.length - from);
    System.arraycopy(leaf, from, into, offset, part);
    position += part;
    return part;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.max(0, Math.min(count, cursor.size() - position));
    position += skipped;
    return skipped;
  }
}
