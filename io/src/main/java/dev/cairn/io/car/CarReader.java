package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CARv1 or CARv2 front to back, one block at a time, each hashed against its CID. Memory is
 * bounded by one block. The index of a CARv2 is not read: it says nothing that the data does not.
 *
 * <p>Not thread-safe. Closing closes the stream.
 */
public final class CarReader implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final String where;
  private final CarHeader header;
  private int version;
  private long position;

  /** Bytes of the payload left to read; without end for a CARv1, which ends where its file does. */
  private long left = Long.MAX_VALUE;

  private CarReader(InputStream in, String where) throws IOException {
    this.in = in;
    this.where = where;
    CarHeader first = readHeader();
    version = first.version();
    if (version == 2) {
      CarV2Header v2 = CarV2Header.decode(readFully(CarV2Header.BYTES - CarV2Header.PRAGMA_BYTES));
      skip(v2.dataOffset() - CarV2Header.BYTES);
      left = v2.dataSize();
      this.header = readHeader();
      if (header.version() != 1) {
        throw malformed("a payload of version " + header.version() + " (1)", null);
      }
    } else {
      this.header = first;
    }
  }

  /**
   * Reads the headers. Where that fails, the stream is closed.
   *
   * @param where the archive's name, for errors
   * @throws MalformedContentException if this is no CAR
   */
  public static CarReader open(InputStream in, String where) throws IOException {
    try {
      return new CarReader(new BufferedInputStream(in, BUFFER_BYTES), where);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /** 1 or 2. */
  public int version() {
    return version;
  }

  /** The roots, in the archive's order. */
  public List<Cid> roots() {
    return header.roots();
  }

  /**
   * The next block, or null at the end.
   *
   * @throws dev.cairn.io.block.CorruptBlockException if its bytes are not those of its CID
   * @throws MalformedContentException if the archive is cut off, has a section above the limits, or
   *     names a block by a hash function that is not read
   */
  public @Nullable Block next() throws IOException {
    long start = position;
    long length = readLength();
    if (length < 0) {
      return null;
    }
    byte[] section = readFully((int) checked(length, start));
    ByteBuffer buffer = ByteBuffer.wrap(section);
    Cid cid;
    try {
      buffer.limit(Math.min(section.length, CarSection.MAX_CID_BYTES));
      cid = Cid.read(buffer);
    } catch (MalformedContentException e) {
      throw malformed("at byte " + start + ": " + e.getMessage(), e);
    }
    if (section.length - buffer.position() > Block.MAX_READ_BYTES) {
      throw malformed("at byte " + start + ": a block above " + Block.MAX_READ_BYTES, null);
    }
    byte[] data = Arrays.copyOfRange(section, buffer.position(), section.length);
    return Block.verified(cid, data, where + " at byte " + start);
  }

  private long checked(long length, long start) throws MalformedContentException {
    try {
      return CarSection.checkLength(length);
    } catch (MalformedContentException e) {
      throw malformed("at byte " + start + ": " + e.getMessage(), e);
    }
  }

  private CarHeader readHeader() throws IOException {
    long length = readLength();
    if (length < 1 || length > CarHeader.MAX_BYTES) {
      throw malformed("a header of " + length + " bytes (1 to " + CarHeader.MAX_BYTES + ")", null);
    }
    try {
      return CarHeader.decode(readFully((int) length));
    } catch (MalformedContentException e) {
      throw malformed(String.valueOf(e.getMessage()), e);
    }
  }

  /** The varint here, or -1 if the payload ends before it. */
  private long readLength() throws IOException {
    byte[] varint = new byte[Varint.MAX_BYTES];
    int bytes = 0;
    while (bytes < varint.length && left > 0) {
      int b = in.read();
      if (b < 0) {
        break;
      }
      position++;
      left--;
      varint[bytes++] = (byte) b;
      if (b < 0x80) {
        return varint(varint, bytes);
      }
    }
    if (bytes == varint.length) {
      return varint(varint, bytes);
    }
    boolean endIsDue = version != 2 || left == 0;
    if (bytes > 0 || !endIsDue) {
      throw malformed("cut off at byte " + position + " (a whole archive)", null);
    }
    return -1;
  }

  private long varint(byte[] bytes, int length) throws MalformedContentException {
    try {
      return Varint.read(ByteBuffer.wrap(bytes, 0, length));
    } catch (MalformedContentException e) {
      throw malformed("at byte " + (position - length) + ": " + e.getMessage(), e);
    }
  }

  private byte[] readFully(int length) throws IOException {
    if (length > left) {
      throw malformed("a section past the payload's end at byte " + (position + left), null);
    }
    byte[] bytes = in.readNBytes(length);
    position += bytes.length;
    left -= bytes.length;
    if (bytes.length < length) {
      throw malformed("cut off at byte " + position + " (a whole archive)", null);
    }
    return bytes;
  }

  private void skip(long bytes) throws IOException {
    try {
      in.skipNBytes(bytes);
    } catch (EOFException e) {
      throw malformed("cut off before its payload (a whole archive)", e);
    }
    position += bytes;
  }

  private MalformedContentException malformed(String what, @Nullable Throwable cause) {
    return new MalformedContentException("Cannot read CAR: " + where + " (" + what + ")", cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
