package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.HashThreads;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Reads the children of a file's nodes in order, and the raw leaves that follow and are wanted on
 * other threads meanwhile. Only those: other children may have children themselves, and what waits
 * must stay within {@link HashThreads#window} leaves. Not thread-safe.
 */
final class ReadAhead {
  private final BlockStore store;
  private final HashThreads threads;
  private final Deque<Future<FileNode>> window = new ArrayDeque<>();
  private @Nullable FileNode parent;

  /** The child that the window starts with, and the one behind its end. */
  private int first;

  private int end;

  ReadAhead(BlockStore store, HashThreads threads) {
    this.store = store;
    this.threads = threads;
  }

  /** The child with this number; those behind {@code last} are not wanted. */
  FileNode child(FileNode of, int number, int last, @Nullable FileSpan span) throws IOException {
    if (of != parent || number != first) {
      window.clear();
      parent = of;
      first = number;
      end = number;
    }
    while (window.size() < threads.window() && end <= last && isRaw(of, end)) {
      int next = end;
      window.add(threads.submit(() -> of.readChild(store, next, span)));
      end++;
    }
    first++;
    if (window.isEmpty()) {
      end = first;
      return of.readChild(store, number, span);
    }
    return HashThreads.await(window.remove());
  }

  private static boolean isRaw(FileNode of, int number) {
    return of.child(number).codec() == Codec.RAW;
  }
}
