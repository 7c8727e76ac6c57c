package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Blocks in a map: a store and its writer in one, for the tests of what stands on stores. */
public final class MemoryStore implements BlockStore, BlockWriter {
  private final Map<Multihash, byte[]> blocks = new ConcurrentHashMap<>();
  private final Set<Cid> reads = ConcurrentHashMap.newKeySet();

  @Override
  public boolean put(Block block) {
    return blocks.putIfAbsent(block.cid().multihash(), block.bytes()) == null;
  }

  /** Stores bytes under a name that need not be theirs. */
  public void corrupt(Cid cid, byte[] bytes) {
    blocks.put(cid.multihash(), bytes);
  }

  public void remove(Cid cid) {
    blocks.remove(cid.multihash());
  }

  @Override
  public Block get(Cid cid) throws MissingBlockException, CorruptBlockException {
    if (cid.multihash().function() == HashFunction.IDENTITY) {
      return Block.verified(cid, cid.multihash().digest(), "identity");
    }
    byte[] bytes = blocks.get(cid.multihash());
    if (bytes == null) {
      throw new MissingBlockException(cid, "memory");
    }
    reads.add(cid);
    return Block.verified(cid, bytes, "memory");
  }

  @Override
  public boolean has(Cid cid) {
    return cid.multihash().function() == HashFunction.IDENTITY
        || blocks.containsKey(cid.multihash());
  }

  /** The CIDs that were read since the last call. */
  public Set<Cid> takeReads() {
    Set<Cid> taken = Set.copyOf(reads);
    reads.clear();
    return taken;
  }

  /** The number of different blocks. */
  public int size() {
    return blocks.size();
  }

  @Override
  public void seal() {}

  @Override
  public void close() {}
}
