package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link AddressWriter} wrote. Not thread-safe. */
public final class AddressReader implements Closeable {
  private final InputStream in;

  /** Reads from {@code in}, which {@link #close} closes. */
  public AddressReader(InputStream in) {
    this.in = in;
  }

  /**
   * The next address, or null at the end.
   *
   * @throws MalformedContentException if the bytes are no address
   */
  public @Nullable Address next() throws IOException {
    int high = in.read();
    if (high < 0) {
      return null;
    }
    int length = high << 8 | in.read();
    if (length < 0 || length > Address.MAX_BYTES) {
      throw new MalformedContentException(
          "Cannot read address: " + length + " bytes (at most " + Address.MAX_BYTES + ")");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new MalformedContentException(
          "Cannot read address: " + bytes.length + " bytes (" + length + ", as declared)");
    }
    DataInputStream body = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      Address address = decode(body);
      if (body.available() > 0) {
        throw new MalformedContentException(
            "Cannot read address: " + body.available() + " bytes behind it (none)");
      }
      return address;
    } catch (EOFException | IllegalArgumentException e) {
      throw new MalformedContentException("Cannot read address: cut off or damaged (whole)", e);
    }
  }

  private static Address decode(DataInputStream data) throws IOException {
    return new Address(
        text(data),
        text(data),
        text(data),
        text(data),
        Cid.fromBytes(bytes(data)),
        flag(data),
        data.readLong(),
        data.readLong(),
        Cid.fromBytes(bytes(data)),
        data.readNBytes(32),
        data.readLong());
  }

  private static String text(DataInputStream data) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(data))).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedContentException("Cannot read address: its text (UTF-8)", e);
    }
  }

  private static boolean flag(DataInputStream data) throws IOException {
    int flag = data.readUnsignedByte();
    if (flag > 1) {
      throw new MalformedContentException("Cannot read address: flag " + flag + " (0 or 1)");
    }
    return flag == 1;
  }

  private static byte[] bytes(DataInputStream data) throws IOException {
    byte[] bytes = new byte[Math.min(data.readUnsignedShort(), Address.MAX_BYTES)];
    data.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
