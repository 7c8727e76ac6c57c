package dev.cairn.io.unixfs;

import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbReader;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Varint;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The UnixFS message in a dag-pb node's data. Unknown fields (mode, time) are passed over.
 *
 * @param type one of the constants here
 * @param content inline bytes of a file, target of a link, bit field of a HAMT node
 * @param fileSize declared bytes of a file, or -1
 * @param blockSizes declared bytes below each link of a file
 * @param hashType multicodec of the hash that a HAMT uses, or -1
 * @param fanout slots of a HAMT node, or -1
 */
@SuppressWarnings("ArrayRecordComponent") // Decoded, read and dropped; nobody compares them.
record UnixFsData(
    int type,
    byte @Nullable [] content,
    long fileSize,
    long[] blockSizes,
    long hashType,
    long fanout) {
  static final int RAW = 0;
  static final int DIRECTORY = 1;
  static final int FILE = 2;
  static final int SYMLINK = 4;
  static final int HAMT = 5;

  private static final long[] NONE = {};
  private static final int FIELD_TYPE = 1;
  private static final int FIELD_DATA = 2;
  private static final int FIELD_FILE_SIZE = 3;
  private static final int FIELD_BLOCK_SIZES = 4;
  private static final int FIELD_HASH_TYPE = 5;
  private static final int FIELD_FANOUT = 6;

  /** What a raw block is: a file of these bytes. */
  static UnixFsData rawLeaf(byte[] bytes) {
    return new UnixFsData(RAW, bytes, bytes.length, NONE, -1, -1);
  }

  static UnixFsData directory() {
    return new UnixFsData(DIRECTORY, null, -1, NONE, -1, -1);
  }

  static UnixFsData file(long size, long[] blockSizes) {
    return new UnixFsData(FILE, null, size, blockSizes, -1, -1);
  }

  static UnixFsData symlink(byte[] target) {
    return new UnixFsData(SYMLINK, target, -1, NONE, -1, -1);
  }

  static UnixFsData hamt(byte[] bitField) {
    return new UnixFsData(HAMT, bitField, -1, NONE, Murmur.CODE, Profile.FANOUT);
  }

  byte[] encode() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeVarint(out, FIELD_TYPE, type);
    if (content != null) {
      Varint.write(out, FIELD_DATA << 3 | PbReader.BYTES);
      Varint.write(out, content.length);
      out.writeBytes(content);
    }
    if (fileSize >= 0) {
      writeVarint(out, FIELD_FILE_SIZE, fileSize);
    }
    for (long size : blockSizes) {
      writeVarint(out, FIELD_BLOCK_SIZES, size);
    }
    if (hashType >= 0) {
      writeVarint(out, FIELD_HASH_TYPE, hashType);
    }
    if (fanout >= 0) {
      writeVarint(out, FIELD_FANOUT, fanout);
    }
    return out.toByteArray();
  }

  private static void writeVarint(ByteArrayOutputStream out, int field, long value) {
    Varint.write(out, field << 3 | PbReader.VARINT);
    Varint.write(out, value);
  }

  static UnixFsData decode(byte[] bytes) throws MalformedContentException {
    PbReader in = new PbReader(bytes);
    long type = -1;
    byte[] content = null;
    long fileSize = -1;
    Sizes blockSizes = new Sizes();
    long hashType = -1;
    long fanout = -1;
    while (in.hasNext()) {
      switch (in.field()) {
        case FIELD_TYPE -> type = in.varint();
        case FIELD_DATA -> content = in.bytes();
        case FIELD_FILE_SIZE -> fileSize = in.varint();
        case FIELD_BLOCK_SIZES -> blockSizes.read(in);
        case FIELD_HASH_TYPE -> hashType = in.varint();
        case FIELD_FANOUT -> fanout = in.varint();
        default -> in.skip();
      }
    }
    if (type < RAW || type > HAMT) {
      throw new MalformedContentException("Cannot read UnixFS node: type " + type + " (0 to 5)");
    }
    return new UnixFsData((int) type, content, fileSize, blockSizes.toArray(), hashType, fanout);
  }

  /** Block sizes as they come: one a field, or packed into one. */
  private static final class Sizes {
    private long[] sizes = NONE;
    private int count;

    void read(PbReader in) throws MalformedContentException {
      if (in.wireType() == PbReader.VARINT) {
        add(in.varint());
        return;
      }
      PbReader packed = in.message();
      while (packed.hasNext()) {
        add(packed.packedVarint());
      }
    }

    private void add(long size) throws MalformedContentException {
      if (count == DagPb.MAX_LINKS) {
        throw new MalformedContentException(
            "Cannot read UnixFS node: too many block sizes (at most " + DagPb.MAX_LINKS + ")");
      }
      if (count == sizes.length) {
        sizes = Arrays.copyOf(sizes, Math.max(16, count * 2));
      }
      sizes[count++] = size;
    }

    long[] toArray() {
      return Arrays.copyOf(sizes, count);
    }
  }
}
