package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import java.io.IOException;
import java.util.List;

/**
 * Writes a CARv2 without padding: sections, then the index, then the header over the room left for
 * it. The index lives in memory until then, some 48 bytes a block. Not thread-safe. The sink
 * belongs to the caller.
 */
public final class CarV2Writer {
  private final SinkStream out;
  private final MultihashIndex index = new MultihashIndex();
  private final boolean indexIdentity;
  private long dataBytes;

  /**
   * Writes the CARv1 header.
   *
   * @param indexIdentity whether identity CIDs are indexed too ("fully indexed")
   */
  public CarV2Writer(CarSink sink, List<Cid> roots, boolean indexIdentity) throws IOException {
    this.out = new SinkStream(sink, CarV2Header.BYTES);
    this.indexIdentity = indexIdentity;
    append(CarHeader.v1(roots).encode());
  }

  /** Appends one section and indexes it. The caller sees to it that each block is put once. */
  public void put(Block block) throws IOException {
    boolean identity = block.cid().multihash().function() == HashFunction.IDENTITY;
    if (!identity || indexIdentity) {
      index.add(block.cid().multihash(), dataBytes);
    }
    append(CarSection.head(block.cid(), block.size()));
    append(block.bytes());
  }

  /** Blocks and their offsets from the payload's start. */
  public MultihashIndex index() {
    return index;
  }

  /** Bytes of the payload so far. */
  public long dataBytes() {
    return dataBytes;
  }

  /** Hands all that was put to the sink, so that it can be read there. */
  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Writes index and header, after which nothing more can be put.
   *
   * @return the SHA-256 of the index section
   */
  public byte[] finish() throws IOException {
    out.startDigest();
    index.writeTo(out);
    out.flush();
    out.writeAt(0, CarV2Header.dense(indexIdentity, dataBytes).encode());
    return out.digest();
  }

  private void append(byte[] part) throws IOException {
    out.write(part, 0, part.length);
    dataBytes += part.length;
  }
}
