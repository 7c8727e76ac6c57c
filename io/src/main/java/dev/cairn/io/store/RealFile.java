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
    try {
      while (into.hasRemaining() && readSome(position + into.position() - start, into) >= 0) {
        // Each turn reads some bytes; a regular file gives none only at its end.
      }
    } catch (IOException e) {
      throw RealDisk.failure("read file", path, e);
    }
    return into.position() - start;
  }

  @Override
  public void write(long position, ByteBuffer from) throws IOException {
    try {
      long at = position;
      while (from.hasRemaining()) {
        at += channel.write(from, at);
      }
    } catch (IOException e) {
      throw RealDisk.failure("write file", path, e);
    }
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
