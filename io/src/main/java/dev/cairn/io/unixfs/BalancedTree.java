package dev.cairn.io.unixfs;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.block.DagPb;
import dev.cairn.io.block.PbLink;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The inner nodes of a file, built while its leaves come in order: every leaf at the same depth,
 * every node full but those at the right edge. Holds at most {@link Profile#FILE_WIDTH} links a
 * level.
 */
final class BalancedTree {
  private static final byte[] NO_NAME = {};

  private final BlockWriter out;
  private final List<List<Written>> levels = new ArrayList<>();

  BalancedTree(BlockWriter out) {
    this.out = out;
  }

  /** Writes the next leaf. */
  void add(Block leaf) throws IOException {
    out.put(leaf);
    add(0, new Written(leaf.cid(), leaf.size(), leaf.size()));
  }

  /** Writes what is open and returns the root: the leaf itself if there is one only. */
  Written finish() throws IOException {
    if (levels.isEmpty()) {
      add(Block.raw(new byte[0]));
    }
    int level = 0;
    while (level < levels.size() - 1 || levels.get(level).size() > 1) {
      add(level + 1, write(levels.get(level)));
      level++;
    }
    return levels.get(level).get(0);
  }

  private void add(int level, Written child) throws IOException {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<Written> open = levels.get(level);
    if (open.size() == Profile.FILE_WIDTH) {
      add(level + 1, write(open));
      open.clear();
    }
    open.add(child);
  }

  private Written write(List<Written> children) throws IOException {
    List<PbLink> links = new ArrayList<>(children.size());
    long[] sizes = new long[children.size()];
    long size = 0;
    long tsize = 0;
    for (int i = 0; i < sizes.length; i++) {
      Written child = children.get(i);
      links.add(new PbLink(child.cid(), NO_NAME, child.tsize()));
      sizes[i] = child.size();
      size += child.size();
      tsize += child.tsize();
    }
    byte[] bytes = DagPb.encode(links, UnixFsData.file(size, sizes).encode());
    Block block = Block.of(Codec.DAG_PB, bytes);
    out.put(block);
    return new Written(block.cid(), size, tsize + block.size());
  }
}
