package dev.cairn.io.block;

import java.io.Closeable;
import java.io.IOException;

/**
 * One batch of writes. Nothing of it is visible to readers before {@link #seal} returns; after that
 * all of it is, and stays through a power loss. Closing without sealing abandons it without a
 * trace.
 *
 * <p>Not thread-safe: each writer has one owner.
 */
public interface BlockWriter extends Closeable {

  /**
   * Adds a block.
   *
   * @return false if the store or this writer has it already, in which case nothing is written
   * @throws IOException if it cannot be written; the writer can then only be closed
   */
  boolean put(Block block) throws IOException;

  /** Makes all that was put durable and visible. A failure is final: the writer is abandoned. */
  void seal() throws IOException;

  /** Abandons the writer if it was not sealed. */
  @Override
  void close() throws IOException;

  /** A writer that keeps nothing: for computing CIDs by hashing alone. */
  static BlockWriter discarding() {
    return new DiscardingWriter();
  }
}
