package dev.cairn.io.dataset;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what {@link AddressWriter} wrote, one address at a time. For one thread. */
public final class AddressReader implements Closeable {
  private final InputStream in;
  private long count;
  private boolean ended;

  /**
   * Opens a stream.
   *
   * @param in closed by {@link #close}; should be buffered
   * @throws MalformedContentException if it holds no addresses
   */
  public AddressReader(InputStream in) throws IOException {
    this.in = in;
    if (!Arrays.equals(in.readNBytes(AddressWriter.MAGIC.length), AddressWriter.MAGIC)) {
      throw new MalformedContentException("Cannot read addresses: first line (cairn-addresses 1)");
    }
  }

  /**
   * The next address, or null after the last.
   *
   * @throws MalformedContentException if the stream is damaged or cut off
   */
  public @Nullable Address next() throws IOException {
    if (ended) {
      return null;
    }
    long length = varint();
    if (length == 0) {
      end();
      return null;
    }
    if (length > Address.MAX_BYTES) {
      throw refusal(length + " bytes", "at most " + Address.MAX_BYTES);
    }
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw refusal("cut off", "whole");
    }
    count++;
    return Address.fromBytes(bytes);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private void end() throws IOException {
    ended = true;
    long written = varint();
    if (written != count || in.read() >= 0) {
      throw refusal(count + " addresses", written + " written");
    }
  }

  private long varint() throws IOException {
    byte[] bytes = new byte[Varint.MAX_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      int b = in.read();
      if (b < 0) {
        throw refusal("cut off", "whole");
      }
      bytes[i] = (byte) b;
      if (b < 0x80) {
        return Varint.read(ByteBuffer.wrap(bytes, 0, i + 1));
      }
    }
    throw refusal("a long varint", "at most " + Varint.MAX_BYTES + " bytes");
  }

  private static MalformedContentException refusal(String found, String rule) {
    return new MalformedContentException("Cannot read addresses: " + found + " (" + rule + ")");
  }
}
