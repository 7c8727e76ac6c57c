package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.HashThreads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * Reads local files into leaves. One thread reads and writes in order; where a file has several
 * chunks, others hash them meanwhile. Memory: two chunks a thread.
 */
final class FileAdd {
  private final BlockWriter out;
  private final HashThreads threads;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Profile.CHUNK_BYTES);

  FileAdd(BlockWriter out, HashThreads threads) {
    this.out = out;
    this.threads = threads;
  }

  /** Adds a regular file, read to its end. */
  Written add(Path file, Set<OpenOption> options) throws IOException {
    BalancedTree tree = new BalancedTree(out);
    try (FileChannel in = FileChannel.open(file, options)) {
      byte[] chunk = read(in);
      if (chunk.length == Profile.CHUNK_BYTES) {
        addMany(tree, in, chunk);
      } else if (chunk.length > 0) {
        tree.add(Block.raw(chunk));
      }
    }
    return tree.finish();
  }

  private void addMany(BalancedTree tree, FileChannel in, byte[] first) throws IOException {
    Deque<Future<Block>> window = new ArrayDeque<>();
    for (byte[] chunk = first; chunk.length > 0; chunk = read(in)) {
      byte[] bytes = chunk;
      window.add(threads.submit(() -> Block.raw(bytes)));
      if (window.size() == threads.window()) {
        tree.add(HashThreads.await(window.remove()));
      }
    }
    while (!window.isEmpty()) {
      tree.add(HashThreads.await(window.remove()));
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
}
