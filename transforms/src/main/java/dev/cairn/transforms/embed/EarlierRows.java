package dev.cairn.transforms.embed;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.KeyOrder;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that an earlier dataset has of a shard's key range, beside the shard's documents in a
 * merge join by id: a document that changed keeps the vectors of the texts that did not. What
 * cannot be read is not there: its vectors are computed. For one thread.
 */
final class EarlierRows implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(EarlierRows.class);

  /** Vectors of one document that are held at once: 24 MiB of 384 floats. */
  private static final int WINDOW = 1 << 14;

  private final VectorRows rows;
  private final Map<VectorKey, VectorRows.Vector> window = new LinkedHashMap<>();
  private String id = "";
  private VectorRows.@Nullable Row head;

  /** Joins with {@code rows}, which come in key order and are closed with this. */
  EarlierRows(VectorRows rows) throws IOException {
    this.rows = rows;
    advance();
  }

  /**
   * The vector of a document's chunk, null if there is none.
   *
   * @param of the document's id, not before that of the last call
   */
  float @Nullable [] find(String of, VectorKey key) throws IOException {
    if (!id.equals(of)) {
      id = of;
      window.clear();
      while (head != null && KeyOrder.INSTANCE.compare(head.id(), of) < 0) {
        advance();
      }
      while (isOfThis(head) && window.size() < WINDOW) {
        take();
      }
    } else if (isOfThis(head)) {
      if (window.size() == WINDOW) {
        window.remove(window.keySet().iterator().next());
      }
      take();
    }
    VectorRows.Vector found = window.get(key);
    return found == null ? null : found.values();
  }

  private boolean isOfThis(VectorRows.@Nullable Row row) {
    return row != null && row.id().equals(id);
  }

  private void take() throws IOException {
    if (head != null) {
      window.put(head.key(), head.vector());
      advance();
    }
  }

  private void advance() throws IOException {
    try {
      head = rows.next();
    } catch (IntegrityException | MalformedContentException e) {
      LOG.warn("Vectors are computed again: {}", e.getMessage());
      head = null;
    }
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
