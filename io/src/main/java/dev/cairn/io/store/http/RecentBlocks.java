package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Multihash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that were read last, because DAGs repeat blocks and archives do not. Bounded. Safe for
 * use by several threads.
 */
final class RecentBlocks {
  private final Map<Multihash, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private final long limit;
  private long bytes;

  RecentBlocks(long limit) {
    this.limit = limit;
  }

  synchronized @Nullable Block get(Multihash key) {
    return blocks.get(key);
  }

  synchronized void keep(Block block) {
    if (blocks.put(block.cid().multihash(), block) == null) {
      bytes += BlockWindow.cost(block);
    }
    Iterator<Block> eldest = blocks.values().iterator();
    while (bytes > limit && eldest.hasNext()) {
      bytes -= BlockWindow.cost(eldest.next());
      eldest.remove();
    }
  }
}
