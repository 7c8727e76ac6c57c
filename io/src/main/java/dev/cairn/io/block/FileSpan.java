package dev.cairn.io.block;

import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a file that somebody reads now, from the first to the last: with it a store that is far
 * away can fetch at once what would be asked for block by block. A promise of the reader and no
 * more: what is read is checked as ever.
 *
 * <p>Whoever reads makes one, hands it to {@link BlockStore#get(Cid, FileSpan)} and closes it when
 * done, which frees what stores hold for it. Two are equal only if they are the same. Safe for use
 * by several threads.
 */
public final class FileSpan implements Closeable {
  private final Cid file;
  private final long from;
  private final long to;
  private final List<Closeable> held = new ArrayList<>();
  private boolean closed;

  /**
   * A span.
   *
   * @param file the file's root
   * @param from the first byte
   * @param to the byte behind the last; {@link Long#MAX_VALUE}, or any beyond the file's end, for
   *     the rest of it
   */
  public FileSpan(Cid file, long from, long to) {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("Cannot read: " + from + " to " + to + " (not negative)");
    }
    this.file = file;
    this.from = from;
    this.to = to;
  }

  /** The file's root. */
  public Cid file() {
    return file;
  }

  /** The first byte. */
  public long from() {
    return from;
  }

  /** The byte behind the last; may be beyond the file's end. */
  public long to() {
    return to;
  }

  /** Has {@code resource} closed with this, or now if this is closed. */
  public void onClose(Closeable resource) throws IOException {
    synchronized (this) {
      if (!closed) {
        held.add(resource);
        return;
      }
    }
    resource.close();
  }

  @Override
  public void close() throws IOException {
    List<Closeable> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(held);
      held.clear();
    }
    for (Closeable resource : all) {
      resource.close();
    }
  }

  @Override
  public String toString() {
    return file + "[" + from + ", " + to + ")";
  }
}
