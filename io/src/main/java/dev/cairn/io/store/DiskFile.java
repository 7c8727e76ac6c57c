package dev.cairn.io.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file, read and written by position. Reads are safe for several threads at once; writes
 * have one owner. Errors are those of {@link Disk}.
 */
public interface DiskFile extends Closeable {

  /** Bytes in the file. */
  long size() throws IOException;

  /**
   * Fills {@code into} from {@code position} on, as far as the file goes.
   *
   * @return bytes read; fewer than asked for only at the file's end, 0 behind it
   */
  int read(long position, ByteBuffer into) throws IOException;

  /** Writes all that remains in {@code from} at {@code position}. */
  void write(long position, ByteBuffer from) throws IOException;

  /**
   * Makes what was written survive a power loss. A failure is final: the file is to be given up.
   */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
