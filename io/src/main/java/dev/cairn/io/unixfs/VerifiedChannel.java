package dev.cairn.io.unixfs;

import dev.cairn.io.block.FileSpan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file as a read-only channel; what it yields was hashed by the store. */
final class VerifiedChannel implements SeekableByteChannel {
  private final FileCursor cursor;
  private long position;
  private boolean closed;

  VerifiedChannel(FileCursor cursor) {
    this.cursor = cursor;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    checkOpen();
    if (position >= cursor.size()) {
      return -1;
    }
    int total = 0;
    long end = position + Math.min(into.remaining(), cursor.size() - position);
    try (FileSpan span = cursor.span(position, end)) {
      while (position < end) {
        byte[] leaf = cursor.leafAt(position, span);
        int from = (int) (position - cursor.leafStart());
        int part = Math.min(into.remaining(), leaf.length - from);
        into.put(leaf, from, part);
        position += part;
        total += part;
      }
    }
    return total;
  }

  @Override
  public long position() throws ClosedChannelException {
    checkOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
    checkOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("Cannot seek: " + newPosition + " (not negative)");
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    checkOpen();
    return cursor.size();
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }
}
