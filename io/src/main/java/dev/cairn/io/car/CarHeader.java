package dev.cairn.io.car;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The header of a CARv1: a dag-cbor map of a version and root CIDs. A CARv2 starts with the same
 * map, of version 2 and without roots.
 *
 * @param version 1 or 2
 * @param roots in the order of the file; may be empty
 */
public record CarHeader(int version, List<Cid> roots) {
  /** Bytes of a header at most: room for some 25,000 roots, as much as a person could pin. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int CBOR_ARRAY = 0x80;
  private static final int CBOR_BYTES = 0x40;
  private static final int CBOR_MAP = 0xa0;
  private static final int CBOR_TEXT = 0x60;

  public CarHeader {
    roots = List.copyOf(roots);
  }

  /** A CARv1 header. */
  public static CarHeader v1(List<Cid> roots) {
    return new CarHeader(1, roots);
  }

  /**
   * Reads the map, without the length before it.
   *
   * @throws MalformedContentException if it is anything but version 1 with roots, or version 2
   */
  static CarHeader decode(byte[] cbor) throws MalformedContentException {
    return new CarHeaderDecoder(cbor).decode();
  }

  /** The header with its length before it, as it stands in a file. */
  public byte[] encode() {
    ByteArrayOutputStream map = new ByteArrayOutputStream();
    map.write(CBOR_MAP | (version == 1 ? 2 : 1));
    if (version == 1) {
      text(map, "roots");
      head(map, CBOR_ARRAY, roots.size());
      for (Cid root : roots) {
        byte[] cid = root.toBytes();
        map.write(CarHeaderDecoder.CID_TAG_HEAD);
        map.write(CarHeaderDecoder.CID_TAG);
        head(map, CBOR_BYTES, cid.length + 1);
        map.write(0);
        map.writeBytes(cid);
      }
    }
    text(map, "version");
    map.write(version);
    ByteArrayOutputStream out = new ByteArrayOutputStream(map.size() + 2);
    Varint.write(out, map.size());
    out.writeBytes(map.toByteArray());
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    head(out, CBOR_TEXT, text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** A CBOR head in its shortest form, as dag-cbor demands. */
  private static void head(ByteArrayOutputStream out, int major, int value) {
    if (value < 24) {
      out.write(major | value);
    } else if (value < 1 << 8) {
      out.write(major | 24);
      out.write(value);
    } else if (value < 1 << 16) {
      out.write(major | 25);
      out.write(value >>> 8);
      out.write(value);
    } else {
      out.write(major | 26);
      out.write(value >>> 24);
      out.write(value >>> 16);
      out.write(value >>> 8);
      out.write(value);
    }
  }
}
