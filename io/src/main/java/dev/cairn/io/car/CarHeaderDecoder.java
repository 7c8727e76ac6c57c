package dev.cairn.io.car;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the one CBOR shape that a CAR header has. A general CBOR reader would accept, and allocate
 * for, far more than that.
 */
final class CarHeaderDecoder {
  static final int CID_TAG_HEAD = 0xd8;
  static final int CID_TAG = 42;

  private static final int UNSIGNED = 0;
  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;

  private final ByteBuffer in;

  CarHeaderDecoder(byte[] cbor) {
    this.in = ByteBuffer.wrap(cbor);
  }

  CarHeader decode() throws MalformedContentException {
    try {
      CarHeader header = map();
      if (in.hasRemaining()) {
        throw malformed(in.remaining() + " bytes behind the map");
      }
      return header;
    } catch (BufferUnderflowException e) {
      throw new MalformedContentException("Cannot read CAR header: cut off (whole CBOR)", e);
    }
  }

  private CarHeader map() throws MalformedContentException {
    long fields = head(MAP);
    long version = 0;
    @Nullable List<Cid> roots = null;
    for (long i = 0; i < fields; i++) {
      String key = new String(take(head(TEXT)), StandardCharsets.UTF_8);
      if (key.equals("version") && version == 0) {
        version = head(UNSIGNED);
      } else if (key.equals("roots") && roots == null) {
        roots = roots();
      } else {
        throw malformed("field '" + key + "'");
      }
    }
    if (version == 1 && roots != null) {
      return CarHeader.v1(roots);
    }
    if (version == 2 && roots == null) {
      return new CarHeader(2, List.of());
    }
    throw malformed("version " + version + (roots == null ? " without" : " with") + " roots");
  }

  private List<Cid> roots() throws MalformedContentException {
    long count = head(ARRAY);
    if (count > in.remaining()) {
      throw malformed(count + " roots in " + in.remaining() + " bytes");
    }
    List<Cid> roots = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      long tag = head(TAG);
      byte[] bytes = take(head(BYTES));
      if (tag != CID_TAG || bytes.length == 0 || bytes[0] != 0) {
        throw malformed("a root that is no link");
      }
      ByteBuffer cid = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
      roots.add(Cid.read(cid));
      if (cid.hasRemaining()) {
        throw malformed("a root with bytes behind its CID");
      }
    }
    return roots;
  }

  /** The argument of a head of the given major type; indefinite lengths are not dag-cbor. */
  private long head(int major) throws MalformedContentException {
    int first = in.get() & 0xff;
    int info = first & 0x1f;
    if (first >>> 5 != major || info > 27) {
      throw malformed(
          String.format(Locale.ROOT, "byte 0x%02x where major type %d is due", first, major));
    }
    long value =
        switch (info) {
          case 24 -> in.get() & 0xffL;
          case 25 -> in.getShort() & 0xffffL;
          case 26 -> in.getInt() & 0xffffffffL;
          case 27 -> in.getLong();
          default -> info;
        };
    if (value < 0) {
      throw malformed("a number above 63 bits");
    }
    return value;
  }

  private byte[] take(long length) throws MalformedContentException {
    if (length > in.remaining()) {
      throw malformed("a string of " + length + " bytes in " + in.remaining());
    }
    byte[] bytes = new byte[(int) length];
    in.get(bytes);
    return bytes;
  }

  private static MalformedContentException malformed(String found) {
    return new MalformedContentException(
        "Cannot read CAR header: " + found + " (a map of version and roots)");
  }
}
