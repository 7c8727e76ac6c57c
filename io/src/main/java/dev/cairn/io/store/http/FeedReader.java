package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.block.Waits;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that reads one feed into a window. */
final class FeedReader implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FeedReader.class);

  private final BlockFeed.Opener feed;
  private final Cid root;
  private final BlockWindow window;
  private final Thread thread = new Thread(this::read, "cairn-dag");
  private volatile boolean broken;

  private FeedReader(BlockFeed.Opener feed, Cid root, BlockWindow window) {
    this.feed = feed;
    this.root = root;
    this.window = window;
  }

  /**
   * Starts one.
   *
   * @param root what it is below, for the log
   */
  static FeedReader start(BlockFeed.Opener feed, Cid root, BlockWindow window) {
    FeedReader reader = new FeedReader(feed, root, window);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  Cid root() {
    return root;
  }

  BlockWindow window() {
    return window;
  }

  /**
   * The block, waited for as long as it may still come; null if it is to be got elsewhere.
   *
   * @throws CorruptBlockException if it came and was corrupt
   */
  @Nullable Block take(Cid cid) throws IOException {
    Block block = window.take(cid.multihash());
    if (block == null) {
      CorruptBlockException corrupt = window.corrupt(cid.multihash());
      if (corrupt != null) {
        throw new CorruptBlockException(cid, corrupt.where(), corrupt.computed());
      }
    }
    return block;
  }

  /** True if it ended with an error: the feed could not be had, or broke. */
  boolean isBroken() {
    return broken;
  }

  private void read() {
    try (BlockFeed in = feed.open()) {
      boolean more = true;
      while (more) {
        try {
          Block block = in.next();
          more = block != null && window.add(block);
        } catch (CorruptBlockException e) {
          more = window.addCorrupt(e);
        }
      }
    } catch (MissingBlockException e) {
      LOG.debug("There is no feed of {}", root, e);
    } catch (IOException e) {
      broken = true;
      LOG.debug("Feed of {} ends early: the rest is read block by block", root, e);
    } catch (InterruptedException e) {
      LOG.debug("Feed of {} is no longer wanted", root);
    } finally {
      window.end();
    }
  }

  /** Ends the thread, and with it the feed, whatever it waits for. */
  @Override
  public void close() throws IOException {
    window.end();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw Waits.interrupted("closing", e);
    }
  }
}
