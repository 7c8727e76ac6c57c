package dev.cairn.io.store.kubo;

import java.io.IOException;
import java.io.OutputStream;

/** Tells failures of the sending from those of whoever writes; closing it ends nothing. */
final class SentStream extends OutputStream {
  private final OutputStream out;
  private boolean broken;

  SentStream(OutputStream out) {
    this.out = out;
  }

  /** True if a write failed. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
