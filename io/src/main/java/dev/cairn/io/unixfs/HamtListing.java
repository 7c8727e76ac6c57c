package dev.cairn.io.unixfs;

import dev.cairn.io.block.BlockStore;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Walks a HAMT depth first, holding one path of nodes. */
final class HamtListing implements Listing {
  private final BlockStore store;
  private final Deque<Frame> path = new ArrayDeque<>();
  private @Nullable DirEntry next;

  private static final class Frame {
    final HamtNode node;
    int at;

    Frame(HamtNode node) {
      this.node = node;
    }
  }

  HamtListing(BlockStore store, HamtNode root) {
    this.store = store;
    path.push(new Frame(root));
  }

  @Override
  public boolean hasNext() throws IOException {
    while (next == null && !path.isEmpty()) {
      Frame frame = path.element();
      if (frame.at == frame.node.size()) {
        path.pop();
        continue;
      }
      int i = frame.at++;
      if (frame.node.isChild(i)) {
        Node child = Node.read(store, frame.node.link(i).cid());
        path.push(new Frame(frame.node.child(i, child)));
      } else {
        next = frame.node.entry(i);
      }
    }
    return next != null;
  }

  @Override
  public DirEntry next() throws IOException {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("No more entries");
    }
    DirEntry entry = next;
    next = null;
    return entry;
  }
}
