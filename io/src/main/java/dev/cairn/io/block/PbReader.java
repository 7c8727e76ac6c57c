package dev.cairn.io.block;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the fields of one protobuf message that lies whole in memory. Used for dag-pb and for the
 * UnixFS message inside it; field numbers and order are the caller's business.
 */
public final class PbReader {
  /** The wire type of a varint value. */
  public static final int VARINT = 0;

  /** The wire type of bytes with their length before them. */
  public static final int BYTES = 2;

  private static final int FIXED64 = 1;
  private static final int FIXED32 = 5;

  private final ByteBuffer in;
  private int wireType;

  /** Reads all of {@code bytes}, which are not copied. */
  public PbReader(byte[] bytes) {
    this(ByteBuffer.wrap(bytes));
  }

  private PbReader(ByteBuffer in) {
    this.in = in;
  }

  /** True while there is another field. */
  public boolean hasNext() {
    return in.hasRemaining();
  }

  /** Reads the next field's tag and returns its number; one of the value methods must follow. */
  public int field() throws MalformedContentException {
    long tag = Varint.read(in);
    wireType = (int) (tag & 7);
    long number = tag >>> 3;
    if (number < 1 || number > Integer.MAX_VALUE) {
      throw new MalformedContentException("Cannot read protobuf field: " + number + " (1 to 2^31)");
    }
    return (int) number;
  }

  /** The wire type of the field that {@link #field} has just named. */
  public int wireType() {
    return wireType;
  }

  /** An unsigned value below 2^63. */
  public long varint() throws MalformedContentException {
    expect(VARINT);
    return Varint.read(in);
  }

  /** The next value of a message that is nothing but varints: the packed form of a list. */
  public long packedVarint() throws MalformedContentException {
    return Varint.read(in);
  }

  /** A copy of the field's bytes. */
  public byte[] bytes() throws MalformedContentException {
    ByteBuffer slice = slice();
    int from = slice.arrayOffset() + slice.position();
    return Arrays.copyOfRange(slice.array(), from, from + slice.remaining());
  }

  /** A reader of the field's bytes as a message of their own, without a copy. */
  public PbReader message() throws MalformedContentException {
    return new PbReader(slice());
  }

  /** Passes over the value of a field that the caller does not need. */
  public void skip() throws MalformedContentException {
    switch (wireType) {
      case VARINT -> skipVarint();
      case BYTES -> slice();
      case FIXED64 -> advance(Long.BYTES);
      case FIXED32 -> advance(Integer.BYTES);
      default ->
          throw new MalformedContentException(
              "Cannot read protobuf field: wire type " + wireType + " (0, 1, 2 or 5)");
    }
  }

  /** Signed values may take ten bytes, one more than {@link Varint} reads. */
  private void skipVarint() throws MalformedContentException {
    for (int i = 0; i <= Varint.MAX_BYTES; i++) {
      advance(1);
      if (in.get(in.position() - 1) >= 0) {
        return;
      }
    }
    throw new MalformedContentException("Cannot read protobuf field: varint (at most 10 bytes)");
  }

  private ByteBuffer slice() throws MalformedContentException {
    expect(BYTES);
    int start = in.position();
    long length = Varint.read(in);
    if (length > in.remaining()) {
      throw new MalformedContentException(
          "Cannot read protobuf field: "
              + length
              + " bytes at "
              + start
              + " ("
              + in.remaining()
              + " are left)");
    }
    ByteBuffer slice = in.duplicate();
    slice.limit(in.position() + (int) length);
    in.position(slice.limit());
    return slice;
  }

  private void advance(int bytes) throws MalformedContentException {
    if (bytes > in.remaining()) {
      throw new MalformedContentException("Cannot read protobuf field: cut off (" + bytes + ")");
    }
    in.position(in.position() + bytes);
  }

  private void expect(int type) throws MalformedContentException {
    if (wireType != type) {
      throw new MalformedContentException(
          "Cannot read protobuf field: wire type " + wireType + " (" + type + ")");
    }
  }
}
