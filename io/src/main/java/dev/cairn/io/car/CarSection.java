package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Where the parts of one section lie: a length, a CID, the block's data.
 *
 * @param cid the name that the archive gives the data
 * @param headBytes bytes of length and CID together
 * @param dataBytes bytes of the data behind them
 */
public record CarSection(Cid cid, int headBytes, int dataBytes) {
  /** Bytes of a CID at most: version, codec and an identity multihash of 128 bytes fit well. */
  public static final int MAX_CID_BYTES = 256;

  /** Bytes of a section's head at most. */
  public static final int MAX_HEAD_BYTES = Varint.MAX_BYTES + MAX_CID_BYTES;

  /** Bytes that a section's length may state: the largest block that is read, with its CID. */
  public static final int MAX_BYTES = MAX_CID_BYTES + Block.MAX_READ_BYTES;

  /**
   * Reads the head at the buffer's position and moves past it. The buffer needs to hold the head
   * only, not the data.
   *
   * @throws MalformedContentException if there is no section here, or one above the limits
   */
  public static CarSection read(ByteBuffer in) throws MalformedContentException {
    int start = in.position();
    long length = checkLength(Varint.read(in));
    int cidStart = in.position();
    int whole = in.limit();
    in.limit((int) Math.min(whole, cidStart + Math.min(length, MAX_CID_BYTES)));
    Cid cid = Cid.read(in);
    in.limit(whole);
    int cidBytes = in.position() - cidStart;
    long dataBytes = length - cidBytes;
    if (dataBytes > Block.MAX_READ_BYTES) {
      throw new MalformedContentException(
          "Cannot read block: "
              + cid
              + " of "
              + dataBytes
              + " bytes (at most "
              + Block.MAX_READ_BYTES
              + ")");
    }
    return new CarSection(cid, in.position() - start, (int) dataBytes);
  }

  /** The length a section states, if it is within the limits. */
  static long checkLength(long length) throws MalformedContentException {
    if (length < 1 || length > MAX_BYTES) {
      throw new MalformedContentException(
          "Cannot read CAR section: " + length + " bytes (1 to " + MAX_BYTES + ")");
    }
    return length;
  }

  /** The head of a section: its length and CID. */
  public static byte[] head(Cid cid, int dataBytes) {
    byte[] name = cid.toBytes();
    ByteArrayOutputStream out = new ByteArrayOutputStream(name.length + 4);
    Varint.write(out, (long) name.length + dataBytes);
    out.writeBytes(name);
    return out.toByteArray();
  }

  /** Bytes of the whole section in a file. */
  public int totalBytes() {
    return headBytes + dataBytes;
  }
}
