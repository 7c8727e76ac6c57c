package dev.cairn.io.store.http;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store that fetches a {@link FileSpan} by one archive: the nodes on the way to its bytes and the
 * leaves that hold them. It is read ahead into a bounded window, every block hashed; what is not in
 * it is got from the store beneath, so archives can only make reading faster, never wrong or
 * shorter. A block that is corrupt in an archive is an error and not got again.
 *
 * <p>Safe for use by several threads. Memory: {@value #SPAN_BYTES} bytes for each span that is
 * open. Closing ends all archives and closes the store beneath.
 */
public final class SpanStream implements BlockStore {
  /** Bytes that the window of a span and what was read last in it take at most. */
  private static final long SPAN_BYTES = 16L << 20;

  /** Archives that broke, after which no more are asked for: the tier has trouble with them. */
  private static final int MAX_BROKEN = 2;

  private static final Logger LOG = LoggerFactory.getLogger(SpanStream.class);

  private final BlockStore store;
  private final Archive archive;
  private final String where;
  private final Map<FileSpan, FeedReader> readers = new HashMap<>();
  private int broken;
  private boolean closed;

  /** How a tier sends a span. */
  @FunctionalInterface
  public interface Archive {
    /** A CAR of what is needed to read the span, each block once, depth first in link order. */
    InputStream open(FileSpan span) throws IOException;
  }

  /**
   * A reader of a tier.
   *
   * @param store the tier's blocks
   * @param archive the same tier's archives
   * @param where the tier's name, for errors
   */
  public SpanStream(BlockStore store, Archive archive, String where) {
    this.store = store;
    this.archive = archive;
    this.where = where;
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return store.get(cid);
  }

  @Override
  public Block get(Cid cid, FileSpan span) throws IOException {
    boolean single = span.from() == span.to() || span.file().codec() == Codec.RAW;
    if (single || cid.isIdentity()) {
      return store.get(cid);
    }
    FeedReader reader = reader(span);
    Block block = reader == null ? null : reader.take(cid);
    return block == null ? store.get(cid) : block.as(cid);
  }

  private @Nullable FeedReader reader(FileSpan span) throws IOException {
    FeedReader started;
    synchronized (this) {
      FeedReader reader = readers.get(span);
      if (reader != null || closed || broken >= MAX_BROKEN) {
        return reader;
      }
      BlockWindow window = new BlockWindow(SPAN_BYTES / 4 * 3, new RecentBlocks(SPAN_BYTES / 4));
      started =
          FeedReader.start(
              () -> BlockFeed.ofArchive(archive.open(span), where), span.file(), window);
      readers.put(span, started);
    }
    span.onClose(() -> end(span));
    return started;
  }

  private void end(FileSpan span) throws IOException {
    FeedReader reader;
    synchronized (this) {
      reader = readers.remove(span);
      if (reader != null && reader.isBroken()) {
        broken++;
        LOG.debug("Archive of {} broke: {}", span, where);
      }
    }
    if (reader != null) {
      reader.close();
    }
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return store.has(cid);
  }

  @Override
  public void close() throws IOException {
    Map<FileSpan, FeedReader> open;
    synchronized (this) {
      closed = true;
      open = Map.copyOf(readers);
      readers.clear();
    }
    for (FeedReader reader : open.values()) {
      reader.close();
    }
    store.close();
  }

  @Override
  public String toString() {
    return "SpanStream[" + where + "]";
  }
}
