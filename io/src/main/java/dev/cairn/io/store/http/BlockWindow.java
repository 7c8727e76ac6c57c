package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.Waits;
import dev.cairn.io.cid.Multihash;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks between a thread that reads an archive and those that want its blocks: what was not taken
 * yet, in the archive's order. Bounded. Safe for use by several threads.
 */
final class BlockWindow {
  /** What a block takes beside its bytes, about. */
  private static final int OVERHEAD_BYTES = 300;

  /**
   * Blocks that takers may be out of order by: above what {@code HashThreads} have in work. What
   * lies farther behind the last one taken was passed over, and as many misses in a row mean that
   * the taker is elsewhere.
   */
  private static final int SLACK = 64;

  private static final int MAX_CORRUPT = 1000;

  private final Map<Multihash, Waiting> ahead = new LinkedHashMap<>();
  private final Map<Multihash, CorruptBlockException> corrupt = new HashMap<>();
  private final long limit;
  private final RecentBlocks recent;
  private long aheadBytes;

  /** Bytes that came since the last block that was new. */
  private long repeatedBytes;

  private long position;
  private long lastTaken;
  private int missed;
  private boolean full;
  private boolean ended;

  private record Waiting(Block block, long position) {}

  /**
   * A window.
   *
   * @param bytes bytes of blocks to hold at most
   * @param recent where what is taken goes, and is found once more
   */
  BlockWindow(long bytes, RecentBlocks recent) {
    this.limit = bytes;
    this.recent = recent;
  }

  /**
   * Adds the archive's next block, once there is room. False if nobody wants more, or if it repeats
   * itself for so long that what is wanted is had sooner elsewhere.
   */
  synchronized boolean add(Block block) throws InterruptedException {
    while (!ended && !hasRoom(block)) {
      full = true;
      notifyAll();
      wait();
    }
    full = false;
    if (ended) {
      return false;
    }
    Multihash key = block.cid().multihash();
    if (!ahead.containsKey(key)) {
      ahead.put(key, new Waiting(block, position));
      aheadBytes += cost(block);
      repeatedBytes = 0;
    } else {
      repeatedBytes += cost(block);
      ended = repeatedBytes > limit;
    }
    position++;
    notifyAll();
    return !ended;
  }

  /** Notes that the archive's next block is corrupt. False if nobody wants more. */
  synchronized boolean addCorrupt(CorruptBlockException e) {
    if (e.cid() != null) {
      corrupt.put(e.cid().multihash(), e);
    }
    position++;
    notifyAll();
    return !ended && corrupt.size() < MAX_CORRUPT;
  }

  /** No more blocks come. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** The block, waited for as long as it may still come; null if it is to be got elsewhere. */
  synchronized @Nullable Block take(Multihash key) throws InterruptedIOException {
    while (true) {
      Block block = find(key);
      if (block != null) {
        missed = 0;
        return block;
      }
      if (ended || full || corrupt.containsKey(key)) {
        miss();
        return null;
      }
      try {
        wait();
      } catch (InterruptedException e) {
        throw Waits.interrupted("reading", e);
      }
    }
  }

  /** The error of a block that came and was corrupt. */
  synchronized @Nullable CorruptBlockException corrupt(Multihash key) {
    return corrupt.get(key);
  }

  /** True if the block is here now. */
  synchronized boolean has(Multihash key) {
    return ahead.containsKey(key);
  }

  private @Nullable Block find(Multihash key) {
    Waiting waiting = ahead.remove(key);
    if (waiting == null) {
      return recent.get(key);
    }
    // Before another thread that wants it too can see that it is gone from here.
    recent.keep(waiting.block());
    aheadBytes -= cost(waiting.block());
    lastTaken = Math.max(lastTaken, waiting.position());
    makeRoom();
    return waiting.block();
  }

  private void miss() {
    missed++;
    if (full && missed >= SLACK) {
      ahead.clear();
      aheadBytes = 0;
      missed = 0;
      makeRoom();
    }
  }

  /** Has the archive's thread look again whether there is room. */
  private void makeRoom() {
    if (full) {
      full = false;
      notifyAll();
    }
  }

  private boolean hasRoom(Block block) {
    Iterator<Waiting> eldest = ahead.values().iterator();
    while (aheadBytes + cost(block) > limit && eldest.hasNext()) {
      Waiting passed = eldest.next();
      if (passed.position() > lastTaken - SLACK) {
        break;
      }
      aheadBytes -= cost(passed.block());
      eldest.remove();
    }
    return ahead.isEmpty() || aheadBytes + cost(block) <= limit;
  }

  /** Bytes that a block takes in memory, about. */
  static long cost(Block block) {
    return (long) block.size() + OVERHEAD_BYTES;
  }
}
