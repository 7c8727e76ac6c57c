package dev.cairn.io.car;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A sink as a stream: small writes are gathered, large ones go through, a tail can be hashed. */
final class SinkStream extends OutputStream {
  private static final int BUFFER_BYTES = 1 << 18;

  private final CarSink sink;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final MessageDigest sha256;
  private boolean hashing;
  private long position;

  SinkStream(CarSink sink, long position) {
    this.sink = sink;
    this.position = position;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("SHA-256 is in every JDK", e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (hashing) {
      sha256.update(bytes, offset, length);
    }
    if (length > buffer.remaining()) {
      flush();
    }
    if (length > buffer.remaining()) {
      sink.write(position, ByteBuffer.wrap(bytes, offset, length));
      position += length;
    } else {
      buffer.put(bytes, offset, length);
    }
  }

  @Override
  public void flush() throws IOException {
    int length = buffer.position();
    if (length > 0) {
      sink.write(position, buffer.flip());
      position += length;
      buffer.clear();
    }
  }

  /** Writes past the stream's own position. */
  void writeAt(long at, byte[] bytes) throws IOException {
    sink.write(at, ByteBuffer.wrap(bytes));
  }

  /** What is written from here on is hashed. */
  void startDigest() {
    hashing = true;
  }

  byte[] digest() {
    return sha256.digest();
  }
}
