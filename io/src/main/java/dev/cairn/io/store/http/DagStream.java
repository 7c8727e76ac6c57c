package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for reading DAGs about in order, faster than block by block: below a node that is worth
 * it, what the tier sends of its DAG at once is read ahead into a bounded window, every block
 * hashed. What is not in the window (asked for out of order, or once more much later, or behind the
 * place where the feed ended or broke) is got singly, so feeds can only make reading faster, never
 * wrong or shorter. A block that is corrupt in a feed is an error and not got again.
 *
 * <p>Safe for use by several threads. Closing ends the feed at hand; the tier itself stays open.
 */
public final class DagStream implements BlockStore {
  /** Bytes that the window and what was read last take at most, as far as nothing else is said. */
  public static final long STANDARD_BYTES = 64L << 20;

  /** Feeds that broke, after which no more are asked for: the tier has trouble with them. */
  private static final int MAX_BROKEN = 2;

  private static final Logger LOG = LoggerFactory.getLogger(DagStream.class);

  private final BlockStore single;
  private final Ahead ahead;
  private final String where;
  private final long windowBytes;
  private final RecentBlocks recent;
  private @Nullable FeedReader reader;
  private int broken;
  private boolean closed;

  /** What a tier sends at once. */
  @FunctionalInterface
  public interface Ahead {
    /**
     * How what is below a node is asked for, in link order and about depth first; null where blocks
     * one by one are as good.
     */
    BlockFeed.@Nullable Opener below(Block node);
  }

  /**
   * A reader of a tier.
   *
   * @param single the tier's blocks, one by one
   * @param ahead what it sends at once, below nodes that were got singly
   * @param where the tier's name, for errors
   * @param bytes bytes of blocks to hold at most
   */
  public DagStream(BlockStore single, Ahead ahead, String where, long bytes) {
    this.single = single;
    this.ahead = ahead;
    this.where = where;
    this.windowBytes = bytes / 4 * 3;
    this.recent = new RecentBlocks(bytes - windowBytes);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    FeedReader from = reader();
    if (cid.isIdentity()) {
      return Block.identity(cid);
    }
    Block block = recent.get(cid.multihash());
    if (block == null) {
      block = from == null ? null : from.take(cid);
      if (block == null) {
        block = single.get(cid);
        recent.keep(block);
        readAhead(block);
      }
    }
    return block.as(cid);
  }

  private synchronized @Nullable FeedReader reader() {
    if (closed) {
      throw new IllegalStateException("Cannot read " + where + ": closed");
    }
    return reader;
  }

  private void readAhead(Block block) throws IOException {
    BlockFeed.Opener feed = ahead.below(block);
    if (feed != null) {
      FeedReader before = replace(block.cid(), feed);
      if (before != null) {
        before.close();
      }
    }
  }

  private synchronized @Nullable FeedReader replace(Cid root, BlockFeed.Opener feed) {
    FeedReader before = reader;
    if (before != null && before.isBroken()) {
      broken++;
      LOG.debug("Feed of {} broke: {}", before.root(), where);
    }
    reader = null;
    if (!closed && broken < MAX_BROKEN) {
      BlockWindow window = new BlockWindow(windowBytes, recent);
      reader = FeedReader.start(feed, root, window);
    }
    return before;
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    FeedReader from = reader();
    return recent.get(cid.multihash()) != null
        || (from != null && from.window().has(cid.multihash()))
        || single.has(cid);
  }

  @Override
  public void close() throws IOException {
    FeedReader last;
    synchronized (this) {
      closed = true;
      last = reader;
      reader = null;
    }
    if (last != null) {
      last.close();
    }
  }

  @Override
  public String toString() {
    return "DagStream[" + where + "]";
  }
}
