package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.car.CarReader;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Multihash;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store for reading one DAG from its root on, about in order, as fast as its tier can send: the
 * tier's archive of the DAG is read ahead into a bounded window, every block hashed. What is not in
 * the window (asked for out of order, or once more much later, or behind the place where the
 * archive ended or broke) is got singly, so the archive can only make reading faster, never wrong
 * or shorter. A block that is corrupt in the archive is an error and not got again.
 *
 * <p>Safe for use by several threads. The archive is asked for with the first block that is, and
 * closing ends it; the tier itself stays open.
 */
public final class DagStream implements BlockStore {
  /** Bytes that a window holds at most, as far as nothing else is said. */
  public static final long STANDARD_WINDOW = 64L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(DagStream.class);

  private final BlockStore single;
  private final Archive archive;
  private final Cid root;
  private final String where;
  private final BlockWindow window;
  private @Nullable Thread reader;
  private @Nullable CarReader car;
  private boolean closed;

  /** How a tier sends a DAG. */
  @FunctionalInterface
  public interface Archive {
    /** A CAR of the DAG below {@code root}, each block once, depth first in link order. */
    InputStream open(Cid root) throws IOException;
  }

  /**
   * A reader of what is below {@code root}.
   *
   * @param single the tier's blocks, one by one
   * @param archive the same tier's archives
   * @param where the tier's name, for errors
   * @param windowBytes bytes of blocks to hold at most
   */
  public DagStream(BlockStore single, Archive archive, Cid root, String where, long windowBytes) {
    this.single = single;
    this.archive = archive;
    this.root = root;
    this.where = where;
    this.window = new BlockWindow(windowBytes);
  }

  @Override
  public Block get(Cid cid) throws IOException {
    start();
    Multihash key = cid.multihash();
    Block found = window.take(key);
    if (found != null) {
      return found.as(cid);
    }
    CorruptBlockException corrupt = window.corrupt(key);
    if (corrupt != null) {
      throw new CorruptBlockException(cid, corrupt.where(), corrupt.computed());
    }
    Block block = single.get(cid);
    window.keep(block);
    return block;
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return window.has(cid.multihash()) || single.has(cid);
  }

  private synchronized void start() {
    if (closed) {
      throw new IllegalStateException("Cannot read " + where + ": closed");
    }
    if (reader == null) {
      Thread thread = new Thread(this::readAhead, "cairn-dag");
      thread.setDaemon(true);
      thread.start();
      reader = thread;
    }
  }

  private void readAhead() {
    try (CarReader in = CarReader.open(archive.open(root), where)) {
      if (begin(in)) {
        readBlocks(in);
      }
    } catch (IOException e) {
      LOG.debug("Archive of {} ends early: the rest is read block by block", root, e);
    } catch (InterruptedException e) {
      LOG.debug("Archive of {} is no longer wanted", root);
    } finally {
      window.end();
    }
  }

  private void readBlocks(CarReader in) throws IOException, InterruptedException {
    boolean more = true;
    while (more) {
      try {
        Block block = in.next();
        more = block != null && window.add(block);
      } catch (CorruptBlockException e) {
        more = window.addCorrupt(e);
      }
    }
  }

  private synchronized boolean begin(CarReader in) {
    car = in;
    return !closed;
  }

  @Override
  public void close() throws IOException {
    Thread thread;
    synchronized (this) {
      closed = true;
      thread = reader;
      if (car != null) {
        car.close();
      }
    }
    window.end();
    if (thread != null) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("Interrupted in closing");
        interrupted.initCause(e);
        throw interrupted;
      }
    }
  }

  @Override
  public String toString() {
    return "DagStream[" + root + " from " + where + "]";
  }
}
