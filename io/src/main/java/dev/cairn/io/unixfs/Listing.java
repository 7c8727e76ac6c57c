package dev.cairn.io.unixfs;

import java.io.IOException;
import java.util.NoSuchElementException;

/**
 * The entries of a folder, read block by block as they are asked for: in stored order for a plain
 * folder, in the order of their hashes for a HAMT. Not thread-safe; nothing to close.
 */
public interface Listing {
  /** True if there is another entry. */
  boolean hasNext() throws IOException;

  /**
   * The next entry.
   *
   * @throws NoSuchElementException if there is none
   * @throws dev.cairn.io.cid.MalformedContentException if the folder is not well-formed
   * @throws dev.cairn.io.block.IntegrityException if a block is missing or corrupt
   */
  DirEntry next() throws IOException;
}
