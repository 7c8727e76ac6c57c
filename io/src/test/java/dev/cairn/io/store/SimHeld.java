package dev.cairn.io.store;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multihash;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Which blocks must be readable, and since when. */
final class SimHeld {
  private final Map<Multihash, Integer> holders = new HashMap<>();
  private final Map<Multihash, Long> since = new HashMap<>();
  private long moment;

  /** Now, for {@link #throughout}. */
  long now() {
    return ++moment;
  }

  void hold(Collection<Cid> blocks) {
    moment++;
    for (Cid cid : blocks) {
      if (holders.merge(cid.multihash(), 1, Integer::sum) == 1) {
        since.put(cid.multihash(), moment);
      }
    }
  }

  void release(Collection<Cid> blocks) {
    blocks.forEach(cid -> holders.merge(cid.multihash(), -1, Integer::sum));
  }

  boolean isHeld(Cid cid) {
    return holders.getOrDefault(cid.multihash(), 0) > 0;
  }

  /** True if the block has had to be readable all the time since that moment. */
  boolean throughout(Cid cid, long moment) {
    return isHeld(cid) && since.getOrDefault(cid.multihash(), moment) < moment;
  }
}
