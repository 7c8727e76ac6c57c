package dev.cairn.io.car;

import dev.cairn.io.block.Block;
import dev.cairn.io.cid.Cid;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes a CARv1 to a stream. Blocks stand in the order they are written in; the caller sees to it
 * that each is written once. Not thread-safe. Closing flushes and closes the stream.
 */
public final class CarWriter implements Closeable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final OutputStream out;
  private long bytes;

  /** Writes the header. */
  public CarWriter(OutputStream out, List<Cid> roots) throws IOException {
    this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    append(CarHeader.v1(roots).encode());
  }

  /** Appends one section. */
  public void write(Block block) throws IOException {
    append(CarSection.head(block.cid(), block.size()));
    append(block.bytes());
  }

  /** Bytes written so far, the header among them. */
  public long bytes() {
    return bytes;
  }

  /** Hands all that was written to the stream. */
  public void flush() throws IOException {
    out.flush();
  }

  private void append(byte[] part) throws IOException {
    out.write(part);
    bytes += part.length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
