package dev.cairn.io.unixfs;

import dev.cairn.io.block.FileSpan;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bytes at a place of a file. Holds the nodes from the root to one leaf, and moves along
 * the tree without reading what lies between. Every block is hashed by the store, and every child
 * has the size that its parent declares.
 */
final class FileCursor {
  /**
   * Nodes from root to leaf at most. A balanced file of 1 MiB leaves needs 3 for a tebibyte; a
   * binary tree of 2^63 bytes would need 63.
   */
  static final int MAX_DEPTH = 64;

  private final Children source;
  private final Deque<Frame> path = new ArrayDeque<>();
  private final Cid file;
  private final long size;
  private byte[] leaf;
  private long leafStart;

  private record Frame(FileNode node, long start) {
    boolean holds(long position) {
      return position >= start && position - start < node.size();
    }

    /** The child that holds the last byte before {@code end} here. */
    int last(long end) {
      return node.childAt(Math.min(end - start, node.size()) - 1);
    }

    /** True if the bytes lie in one raw child. */
    boolean isOneLeaf(long from, long end) {
      int i = node.childAt(from - start);
      boolean inside =
          from - start >= node.childStart(i)
              && end - start - node.childStart(i) <= node.childSize(i);
      return inside && node.child(i).codec() == Codec.RAW;
    }
  }

  /** How children of a node are read. */
  @FunctionalInterface
  interface Children {
    /**
     * A child.
     *
     * @param last the last child that the span needs
     * @param span what is being read; null if that is this child alone
     */
    FileNode child(FileNode of, int number, int last, @Nullable FileSpan span) throws IOException;
  }

  FileCursor(Children source, FileNode root) {
    this.source = source;
    this.file = root.cid();
    this.size = root.size();
    this.leaf = root.inline();
    path.push(new Frame(root, 0));
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /**
   * The span of bytes that are about to be read, for {@link #leafAt}; null if one leaf holds them
   * all, as far as can be told without reading, or none.
   *
   * @param end the byte behind the last, or anything beyond the file
   */
  @Nullable FileSpan span(long from, long end) {
    long start = isHeld(from) ? leafStart + leaf.length : from;
    long behind = Math.min(end, size);
    if (start >= behind) {
      return null;
    }
    for (Frame frame : path) {
      if (frame.holds(start)) {
        return frame.isOneLeaf(start, behind) ? null : new FileSpan(file, start, behind);
      }
    }
    return null;
  }

  private boolean isHeld(long position) {
    return position >= leafStart && position - leafStart < leaf.length;
  }

  /**
   * The bytes that hold {@code position}, which is inside the file. The array is not a copy.
   *
   * @param span what is being read; null if that is one leaf
   */
  byte[] leafAt(long position, @Nullable FileSpan span) throws IOException {
    if (!isHeld(position)) {
      while (!path.element().holds(position)) {
        path.pop();
      }
      descend(position, span);
    }
    return leaf;
  }

  /** Where the bytes of the last {@link #leafAt} begin in the file. */
  long leafStart() {
    return leafStart;
  }

  private void descend(long position, @Nullable FileSpan span) throws IOException {
    while (true) {
      Frame frame = path.element();
      FileNode node = frame.node();
      if (position - frame.start() < node.inline().length) {
        leaf = node.inline();
        leafStart = frame.start();
        return;
      }
      int i = node.childAt(position - frame.start());
      long start = frame.start() + node.childStart(i);
      int last = span == null ? i : Math.max(i, frame.last(span.to()));
      FileNode child = source.child(node, i, last, span);
      if (child.isLeaf()) {
        leaf = child.inline();
        leafStart = start;
        return;
      }
      if (path.size() == MAX_DEPTH) {
        throw new MalformedContentException(
            "Cannot read file: " + child.cid() + " (at most " + MAX_DEPTH + " nodes deep)");
      }
      path.push(new Frame(child, start));
    }
  }
}
