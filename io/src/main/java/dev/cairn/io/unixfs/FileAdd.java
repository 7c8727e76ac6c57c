package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads local files into leaves. One thread reads and writes in order; where a file has several
 * chunks, others hash them meanwhile. Memory: two chunks a thread.
 */
final class FileAdd implements Closeable {
  private final BlockWriter out;
  private final int threads;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Profile.CHUNK_BYTES);
  private @Nullable ExecutorService pool;

  FileAdd(BlockWriter out, int threads) {
    this.out = out;
    this.threads = threads;
  }

  /** Adds a regular file, read to its end. */
  Written add(Path file, Set<OpenOption> options) throws IOException {
    BalancedTree tree = new BalancedTree(out);
    try (FileChannel in = FileChannel.open(file, options)) {
      byte[] chunk = read(in);
      if (chunk.length < Profile.CHUNK_BYTES || threads == 1) {
        while (chunk.length > 0) {
          tree.add(Block.raw(chunk));
          chunk = chunk.length < Profile.CHUNK_BYTES ? new byte[0] : read(in);
        }
      } else {
        addMany(tree, in, chunk);
      }
    }
    return tree.finish();
  }

  private void addMany(BalancedTree tree, FileChannel in, byte[] first) throws IOException {
    Deque<Future<Block>> window = new ArrayDeque<>();
    ExecutorService hashing = pool();
    for (byte[] chunk = first; chunk.length > 0; chunk = read(in)) {
      byte[] bytes = chunk;
      window.add(hashing.submit(() -> Block.raw(bytes)));
      if (window.size() == 2 * threads) {
        tree.add(await(window.remove()));
      }
    }
    while (!window.isEmpty()) {
      tree.add(await(window.remove()));
    }
  }

  /** The next chunk, shorter only at the end. */
  private byte[] read(FileChannel in) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && in.read(buffer) >= 0) {
      // Reads until the chunk is full or the file ends.
    }
    byte[] chunk = new byte[buffer.flip().remaining()];
    buffer.get(chunk);
    return chunk;
  }

  private ExecutorService pool() {
    if (pool == null) {
      pool =
          Executors.newFixedThreadPool(
              threads,
              task -> {
                Thread thread = new Thread(task, "cairn-hash");
                thread.setDaemon(true);
                return thread;
              });
    }
    return pool;
  }

  private static Block await(Future<Block> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("Interrupted while hashing");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      throw new IOException("Cannot hash chunk: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
