package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes one file as it streams by, in memory of about one chunk. {@link #finish} ends it; closing
 * without that leaves its blocks in the writer, linked by nothing. Not thread-safe.
 */
public final class FileWriter extends OutputStream {
  private final BalancedTree tree;
  private byte[] chunk = new byte[0];
  private int filled;
  private boolean finished;

  FileWriter(BlockWriter out) {
    this.tree = new BalancedTree(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    checkOpen();
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == Profile.CHUNK_BYTES) {
        flushChunk();
      }
      int part = Math.min(left, Profile.CHUNK_BYTES - filled);
      makeRoom(filled + part);
      System.arraycopy(bytes, from, chunk, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  /**
   * Ends the file.
   *
   * @return its root, size and tsize
   */
  public Written finish() throws IOException {
    checkOpen();
    finished = true;
    if (filled > 0) {
      flushChunk();
    }
    return tree.finish();
  }

  private void flushChunk() throws IOException {
    tree.add(Block.raw(filled == chunk.length ? chunk : Arrays.copyOf(chunk, filled)));
    chunk = new byte[filled == Profile.CHUNK_BYTES ? Profile.CHUNK_BYTES : 0];
    filled = 0;
  }

  /** The first chunk doubles as it fills, so that a small file takes little. */
  private void makeRoom(int needed) {
    if (needed > chunk.length) {
      int doubled = Math.max(needed, Math.min(chunk.length * 2, Profile.CHUNK_BYTES));
      chunk = Arrays.copyOf(chunk, doubled);
    }
  }

  private void checkOpen() throws IOException {
    if (finished) {
      throw new IOException("Cannot write file: it is finished");
    }
  }
}
