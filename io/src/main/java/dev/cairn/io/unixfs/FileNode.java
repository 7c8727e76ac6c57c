package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A node of a file: inline bytes, then what is below its links, each with its declared size. That
 * the declared sizes add up is checked here, that the children keep them by who reads the children.
 */
final class FileNode {
  private final Node node;
  private final byte[] inline;

  /** Where each child ends, counted from this node's first byte. */
  private final long[] ends;

  private FileNode(Node node, byte[] inline, long[] ends) {
    this.node = node;
    this.inline = inline;
    this.ends = ends;
  }

  static FileNode of(Node node) throws MalformedContentException {
    if (node.kind() != NodeKind.FILE) {
      throw node.malformed("a file was expected here");
    }
    byte[] inline = node.content();
    long[] sizes = node.data().blockSizes();
    if (sizes.length != node.links().size()) {
      throw node.malformed(sizes.length + " block sizes for " + node.links().size() + " links");
    }
    long[] ends = new long[sizes.length];
    long end = inline.length;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] > Long.MAX_VALUE - end) {
        throw node.malformed("block sizes of more than 2^63 bytes");
      }
      end += sizes[i];
      ends[i] = end;
    }
    long declared = node.data().fileSize();
    if (declared >= 0 && declared != end) {
      throw node.malformed("file size " + declared + " where the block sizes add up to " + end);
    }
    return new FileNode(node, inline, ends);
  }

  Cid cid() {
    return node.cid();
  }

  /** Bytes of this node and all below, as declared. */
  long size() {
    return ends.length == 0 ? inline.length : ends[ends.length - 1];
  }

  byte[] inline() {
    return inline;
  }

  boolean isLeaf() {
    return ends.length == 0;
  }

  /** The child that holds the byte at {@code offset}, which lies behind the inline bytes. */
  int childAt(long offset) {
    int low = 0;
    int high = ends.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /**
   * Reads a child, which must have the size that is declared here.
   *
   * @param span what of the file is being read, if that is more than one leaf
   */
  FileNode readChild(BlockStore store, int i, @Nullable FileSpan span) throws IOException {
    Cid cid = child(i);
    FileNode child = of(Node.read(store, cid, span));
    if (child.size() != childSize(i)) {
      throw new IntegrityException(
          "Cannot read file: "
              + cid
              + " has "
              + child.size()
              + " bytes ("
              + cid()
              + " declares "
              + childSize(i)
              + ")",
          cid,
          null);
    }
    return child;
  }

  Cid child(int i) {
    return node.links().get(i).cid();
  }

  long childStart(int i) {
    return i == 0 ? inline.length : ends[i - 1];
  }

  long childSize(int i) {
    return ends[i] - childStart(i);
  }
}
