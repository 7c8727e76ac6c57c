package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;

/**
 * Bytes and the CID that was computed from them: a block cannot exist with a wrong hash.
 *
 * <p>The array is shared, not copied (a block is up to {@link #MAX_READ_BYTES}); nobody may change
 * it.
 */
public final class Block {
  /** Bytes of a block that Cairn writes at most: what every IPFS node exchanges (storage.md, 1). */
  public static final int MAX_WRITE_BYTES = 2 << 20;

  /** Bytes of a block that Cairn reads at most: twice that, for writers that were laxer. */
  public static final int MAX_READ_BYTES = 4 << 20;

  private final Cid cid;
  private final byte[] bytes;

  private Block(Cid cid, byte[] bytes) {
    this.cid = cid;
    this.bytes = bytes;
  }

  /** Hashes {@code bytes} under sha2-256 and names them with {@code codec}. */
  public static Block of(long codec, byte[] bytes) {
    return new Block(Cid.hashOf(codec, bytes), bytes);
  }

  /** A raw block. */
  public static Block raw(byte[] bytes) {
    return of(Codec.RAW, bytes);
  }

  /**
   * Checks {@code bytes} against {@code cid}.
   *
   * @param where the tier and place they came from, for the error
   * @throws CorruptBlockException if they hash to something else
   */
  public static Block verified(Cid cid, byte[] bytes, String where) throws CorruptBlockException {
    if (!cid.multihash().matches(bytes, 0, bytes.length)) {
      throw new CorruptBlockException(cid, where, bytes);
    }
    return new Block(cid, bytes);
  }

  /** The block of an identity CID, which holds its bytes itself. */
  public static Block identity(Cid cid) {
    if (cid.multihash().function() != HashFunction.IDENTITY) {
      throw new IllegalArgumentException("Cannot read block from CID: " + cid + " (identity)");
    }
    return new Block(cid, cid.multihash().digest());
  }

  /** The same bytes under another codec: no hashing is needed, the multihash is the same. */
  public Block as(Cid other) {
    if (!other.multihash().equals(cid.multihash())) {
      throw new IllegalArgumentException("Cannot rename block " + cid + ": " + other + " (hash)");
    }
    return new Block(other, bytes);
  }

  public Cid cid() {
    return cid;
  }

  /** The content itself, not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** Length in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Block[" + cid + ", " + bytes.length + " bytes]";
  }
}
