package dev.cairn.io.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Compares what is written with what a stream holds; on closing, that the stream ends there. */
final class ComparingStream extends OutputStream {
  private final InputStream expected;
  private long position;
  private long firstDifference = -1;

  ComparingStream(InputStream expected) {
    this.expected = expected;
  }

  /** Bytes before the first that differ, or -1 if none does. */
  long firstDifference() {
    return firstDifference;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (firstDifference >= 0) {
      return;
    }
    byte[] found = expected.readNBytes(length);
    int at = Arrays.mismatch(bytes, offset, offset + length, found, 0, found.length);
    if (at >= 0) {
      firstDifference = position + at;
    }
    position += length;
  }

  @Override
  public void close() throws IOException {
    if (firstDifference < 0 && expected.read() >= 0) {
      firstDifference = position;
    }
    expected.close();
  }
}
