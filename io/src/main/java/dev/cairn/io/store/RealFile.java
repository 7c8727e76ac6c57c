package dev.cairn.io.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file channel that outlives interrupts for reading: an interrupted thread closes the channel it
 * reads from (runners interrupt tasks that they cancel), and the other threads that share the file
 * must not fail for it. A file that is being written has one owner and is given up with it.
 */
final class RealFile implements DiskFile {
  /**
   * Bytes of one read or write at most. An array goes through a buffer outside the heap; in pieces
   * that stay in the processor's cache that costs little, in one piece it is a third pass over the
   * memory.
   */
  private static final int PIECE_BYTES = 1 << 16;

  private final Path path;
  private final boolean writable;
  private volatile FileChannel channel;
  private volatile boolean closed;

  RealFile(Path path, FileChannel channel, boolean writable) {
    this.path = path;
    this.writable = writable;
    this.channel = channel;
  }

  @Override
  public long size() throws IOException {
    try {
      return current().size();
    } catch (IOException e) {
      throw RealDisk.failure("ask the size of", path, e);
    }
  }

  @Override
  public int read(long position, ByteBuffer into) throws IOException {
    int start = into.position();
    int end = into.limit();
    try {
      int last = 0;
      while (into.position() < end && last >= 0) {
        into.limit(pieceEnd(into, end));
        last = readSome(position + into.position() - start, into);
      }
    } catch (IOException e) {
      throw RealDisk.failure("read file", path, e);
    } finally {
      into.limit(end);
    }
    return into.position() - start;
  }

  @Override
  public void write(long position, ByteBuffer from) throws IOException {
    int start = from.position();
    int end = from.limit();
    try {
      while (from.position() < end) {
        from.limit(pieceEnd(from, end));
        channel.write(from, position + from.position() - start);
      }
    } catch (IOException e) {
      throw RealDisk.failure("write file", path, e);
    } finally {
      from.limit(end);
    }
  }

  private static int pieceEnd(ByteBuffer buffer, int end) {
    return buffer.position() + Math.min(PIECE_BYTES, end - buffer.position());
  }

  @Override
  public void force() throws IOException {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw RealDisk.failure("force file", path, e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  private int readSome(long position, ByteBuffer into) throws IOException {
    try {
      return current().read(into, position);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (ClosedChannelException e) {
      if (closed || writable || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return current().read(into, position);
    }
  }

  /** The open channel; one that another thread's interrupt closed is opened again. */
  private FileChannel current() throws IOException {
    FileChannel now = channel;
    return now.isOpen() || closed || writable ? now : reopen();
  }

  private synchronized FileChannel reopen() throws IOException {
    if (!channel.isOpen() && !closed) {
      channel = FileChannel.open(path, StandardOpenOption.READ);
    }
    return channel;
  }
}
