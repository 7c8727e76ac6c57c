package dev.cairn.io.unixfs;

import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

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
  private final long size;
  private byte[] leaf;
  private long leafStart;

  private record Frame(FileNode node, long start) {
    boolean holds(long position) {
      return position >= start && position - start < node.size();
    }
  }

  /** How children of a node are read. */
  @FunctionalInterface
  interface Children {
    FileNode child(FileNode of, int number) throws IOException;
  }

  FileCursor(Children source, FileNode root) {
    this.source = source;
    this.size = root.size();
    this.leaf = root.inline();
    path.push(new Frame(root, 0));
  }

  /** Bytes of the whole file. */
  long size() {
    return size;
  }

  /** The bytes that hold {@code position}, which is inside the file. The array is not a copy. */
  byte[] leafAt(long position) throws IOException {
    if (position < leafStart || position - leafStart >= leaf.length) {
      while (!path.element().holds(position)) {
        path.pop();
      }
      descend(position);
    }
    return leaf;
  }

  /** Where the bytes of the last {@link #leafAt} begin in the file. */
  long leafStart() {
    return leafStart;
  }

  private void descend(long position) throws IOException {
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
      FileNode child = source.child(node, i);
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
