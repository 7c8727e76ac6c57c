package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.HashFunction;
import dev.cairn.io.cid.Multihash;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * CIDs that were met, at 43 to 86 bytes each while it fills. Two CIDs are the same here when codec
 * and multihash are: versions 0 and 1 name the same node. Not thread-safe.
 */
public final class CidSet {
  private final Map<Kind, DigestSet> kinds = new HashMap<>();

  /**
   * The function by its code: an enum's own hash differs from run to run, and so would the order.
   */
  private record Kind(long codec, int function) {}

  /** Adds a CID; false if it was here. */
  public boolean add(Cid cid) {
    Multihash hash = cid.multihash();
    return kinds
        .computeIfAbsent(new Kind(cid.codec(), hash.function().code()), k -> new DigestSet())
        .add(digest32(hash));
  }

  public boolean contains(Cid cid) {
    Multihash hash = cid.multihash();
    DigestSet set = kinds.get(new Kind(cid.codec(), hash.function().code()));
    return set != null && set.contains(digest32(hash));
  }

  /** A CID of this multihash that was met, under whatever codec; null if there is none. */
  public @Nullable Cid find(Multihash hash) {
    for (Map.Entry<Kind, DigestSet> kind : kinds.entrySet()) {
      if (kind.getKey().function() == hash.function().code()
          && kind.getValue().contains(digest32(hash))) {
        return Cid.v1(kind.getKey().codec(), hash);
      }
    }
    return null;
  }

  /** The number of CIDs. */
  public long size() {
    return kinds.values().stream().mapToLong(DigestSet::size).sum();
  }

  /** Digests of other lengths are hashed again, so that every entry takes the same room. */
  private static byte[] digest32(Multihash hash) {
    byte[] digest = hash.digest();
    return digest.length == DigestSet.DIGEST_BYTES
        ? digest
        : HashFunction.SHA2_256.digest(digest, 0, digest.length);
  }
}
