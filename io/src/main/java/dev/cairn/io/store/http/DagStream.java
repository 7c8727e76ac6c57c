package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for reading DAGs about in order, faster than block by block: below a node that is worth
 * it, the tier's archive of that node is read ahead into a bounded window, every block hashed. What
 * is not in the window (asked for out of order, or once more much later, or behind the place where
 * the archive ended or broke) is got singly, so archives can only make reading faster, never wrong
 * or shorter. A block that is corrupt in an archive is an error and not got again.
 *
 * <p>Safe for use by several threads. Closing ends the archive at hand; the tier itself stays open.
 */
public final class DagStream implements BlockStore {
  /** Bytes that the window and what was read last take at most, as far as nothing else is said. */
  public static final long STANDARD_BYTES = 64L << 20;

  /** Archives that broke, after which no more are asked for: the tier has trouble with them. */
  private static final int MAX_BROKEN = 2;

  private static final Logger LOG = LoggerFactory.getLogger(DagStream.class);

  private final BlockStore single;
  private final Archive archive;
  private final Predicate<Block> worth;
  private final String where;
  private final long windowBytes;
  private final RecentBlocks recent;
  private @Nullable ArchiveReader reader;
  private int broken;
  private boolean closed;

  /** How a tier sends a DAG. */
  @FunctionalInterface
  public interface Archive {
    /** A CAR of the DAG below {@code root}, each block once, depth first in link order. */
    InputStream open(Cid root) throws IOException;
  }

  /**
   * A reader of a tier.
   *
   * @param single the tier's blocks, one by one
   * @param archive the same tier's archives
   * @param worth for which nodes, once they were got singly, what is below them is asked for as an
   *     archive
   * @param where the tier's name, for errors
   * @param bytes bytes of blocks to hold at most
   */
  public DagStream(
      BlockStore single, Archive archive, Predicate<Block> worth, String where, long bytes) {
    this.single = single;
    this.archive = archive;
    this.worth = worth;
    this.where = where;
    this.windowBytes = bytes / 4 * 3;
    this.recent = new RecentBlocks(bytes - windowBytes);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    ArchiveReader from = reader();
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

  private synchronized @Nullable ArchiveReader reader() {
    if (closed) {
      throw new IllegalStateException("Cannot read " + where + ": closed");
    }
    return reader;
  }

  private void readAhead(Block block) throws IOException {
    if (worth.test(block)) {
      ArchiveReader before = replace(block.cid());
      if (before != null) {
        before.close();
      }
    }
  }

  private synchronized @Nullable ArchiveReader replace(Cid root) {
    ArchiveReader before = reader;
    if (before != null && before.isBroken()) {
      broken++;
      LOG.debug("Archive of {} broke: {}", before.root(), where);
    }
    reader = null;
    if (!closed && broken < MAX_BROKEN) {
      BlockWindow window = new BlockWindow(windowBytes, recent);
      reader = ArchiveReader.start(archive, root, where, window);
    }
    return before;
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    ArchiveReader from = reader();
    return recent.get(cid.multihash()) != null
        || (from != null && from.window().has(cid.multihash()))
        || single.has(cid);
  }

  @Override
  public void close() throws IOException {
    ArchiveReader last;
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
