package dev.cairn.io.dataset;

import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes addresses to a stream: a first line, each address behind its length, and at the end a zero
 * and their number, so that a stream that was cut off is not taken for a whole one. For one thread.
 */
public final class AddressWriter implements Closeable {
  static final byte[] MAGIC = "cairn-addresses 1\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private long count;
  private boolean closed;

  /**
   * Starts a stream.
   *
   * @param out where it goes; stays open
   */
  public AddressWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write(MAGIC);
  }

  public void write(Address address) throws IOException {
    byte[] bytes = address.toBytes();
    ByteArrayOutputStream record = new ByteArrayOutputStream(bytes.length + 2);
    Varint.write(record, bytes.length);
    record.writeBytes(bytes);
    record.writeTo(out);
    count++;
  }

  /** Addresses written so far. */
  public long count() {
    return count;
  }

  /** Ends the stream and flushes it. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    Varint.write(end, 0);
    Varint.write(end, count);
    end.writeTo(out);
    out.flush();
  }
}
