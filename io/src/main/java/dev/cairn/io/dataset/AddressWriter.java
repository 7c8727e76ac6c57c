package dev.cairn.io.dataset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Appends addresses to a stream: two bytes of length, then id, part, what it refers to and path
 * (length and UTF-8 each), the CIDs, the numbers big-endian. Not thread-safe.
 */
public final class AddressWriter {
  private final OutputStream out;
  private long bytes;

  /** Appends to {@code out}, which stays the caller's to end. */
  public AddressWriter(OutputStream out) {
    this.out = out;
  }

  /** Appends one address. */
  public void write(Address address) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(256);
    DataOutputStream data = new DataOutputStream(body);
    text(data, address.id().getBytes(StandardCharsets.UTF_8));
    text(data, address.part().getBytes(StandardCharsets.UTF_8));
    text(data, address.refersTo().getBytes(StandardCharsets.UTF_8));
    text(data, address.path().getBytes(StandardCharsets.UTF_8));
    text(data, address.file().toBytes());
    data.writeBoolean(address.unpacked());
    data.writeLong(address.offset());
    data.writeLong(address.length());
    text(data, address.record().toBytes());
    data.write(address.content());
    data.writeLong(address.textBytes());
    if (body.size() > Address.MAX_BYTES) {
      throw new IllegalArgumentException(
          "Cannot write address: " + body.size() + " bytes (at most " + Address.MAX_BYTES + ")");
    }
    out.write(body.size() >> 8);
    out.write(body.size());
    body.writeTo(out);
    bytes += 2 + body.size();
  }

  /** Bytes written so far. */
  public long bytes() {
    return bytes;
  }

  private static void text(DataOutputStream data, byte[] bytes) throws IOException {
    data.writeShort(bytes.length);
    data.write(bytes);
  }
}
