package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Blocks out of fuzz input, each behind two bytes of length. A CID's first digest byte says which
 * block is given for it, so that input can make any DAG without finding hashes, and some that no
 * hash function allows: nodes above themselves. After a number of reads the rest is missing.
 */
final class LyingStore implements BlockStore {
  private static final int DIGEST_BYTES = 32;

  private final List<byte[]> blocks = new ArrayList<>();
  private int readsLeft;

  LyingStore(byte[] input, int reads) {
    this.readsLeft = reads;
    for (int at = 0; at + 1 < input.length; ) {
      int length = (input[at] & 0xff) << Byte.SIZE | (input[at + 1] & 0xff);
      int start = at + 2;
      at = Math.min(input.length, start + length);
      blocks.add(Arrays.copyOfRange(input, start, at));
    }
  }

  /** The CID that names block {@code i}. */
  static Cid cid(int i, long codec) {
    byte[] digest = new byte[DIGEST_BYTES];
    digest[0] = (byte) i;
    return Cid.v1(codec, Multihash.of(HashFunction.SHA2_256, digest));
  }

  /** The CID that names the first block. */
  static Cid root() {
    return cid(0, Codec.DAG_PB);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    if (cid.multihash().function() == HashFunction.IDENTITY) {
      return Block.identity(cid);
    }
    int i = cid.multihash().digest()[0] & 0xff;
    if (i >= blocks.size() || readsLeft == 0) {
      throw new MissingBlockException(cid, "input");
    }
    readsLeft--;
    return Block.of(cid.codec(), blocks.get(i));
  }

  @Override
  public boolean has(Cid cid) {
    return true;
  }

  @Override
  public void close() {}
}
