package dev.cairn.io.car;

import dev.cairn.io.cid.MalformedContentException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The fixed header of a CARv2, behind its pragma.
 *
 * @param fullyIndexed whether the index lists identity CIDs too, the one characteristic defined
 * @param dataOffset bytes from the file's start to the CARv1 payload
 * @param dataSize bytes of the CARv1 payload
 * @param indexOffset bytes from the file's start to the index, 0 without one
 */
public record CarV2Header(boolean fullyIndexed, long dataOffset, long dataSize, long indexOffset) {
  /** Bytes of pragma and header together: where the payload starts at the earliest. */
  public static final int BYTES = 51;

  static final int PRAGMA_BYTES = 11;

  private static final int FULLY_INDEXED = 0x80;
  private static final int CHARACTERISTICS_BYTES = 16;

  /** The header of a file without padding whose index follows the payload at once. */
  public static CarV2Header dense(boolean fullyIndexed, long dataSize) {
    return new CarV2Header(fullyIndexed, BYTES, dataSize, BYTES + dataSize);
  }

  /**
   * Reads the 40 bytes behind the pragma.
   *
   * @throws MalformedContentException if offsets or sizes cannot be
   */
  static CarV2Header decode(byte[] bytes) throws MalformedContentException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean fullyIndexed = (in.get(0) & FULLY_INDEXED) != 0;
    in.position(CHARACTERISTICS_BYTES);
    CarV2Header header = new CarV2Header(fullyIndexed, in.getLong(), in.getLong(), in.getLong());
    if (header.dataOffset < BYTES || header.dataSize <= 0 || header.indexOffset < 0) {
      throw new MalformedContentException(
          "Cannot read CARv2 header: "
              + header
              + " (data behind byte 51, not empty; an unfinished file has none)");
    }
    return header;
  }

  /** Pragma and header, {@link #BYTES} long. */
  public byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new CarHeader(2, List.of()).encode());
    out.put((byte) (fullyIndexed ? FULLY_INDEXED : 0));
    out.position(PRAGMA_BYTES + CHARACTERISTICS_BYTES);
    out.putLong(dataOffset).putLong(dataSize).putLong(indexOffset);
    return out.array();
  }
}
