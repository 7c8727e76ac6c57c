package dev.cairn.io.unixfs;

import dev.cairn.io.cid.Cid;

/**
 * What {@link FolderAdd} added.
 *
 * @param root the argument's root
 * @param bytes content of all regular files
 * @param files regular files
 * @param symlinks links kept as links
 * @param blocks blocks handed to the writer, repeated ones included
 * @param newBlocks those of them that the writer did not have
 */
public record Added(
    Written root, long bytes, long files, long symlinks, long blocks, long newBlocks) {
  public Cid cid() {
    return root.cid();
  }
}
