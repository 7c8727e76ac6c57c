package dev.cairn.io.store.tier;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store as the workers of one run share it, wherever it is: what one keeps, all of them and the
 * launcher find. Safe for use by several threads; closing closes the tiers below.
 */
public interface WorkStore extends Closeable {
  /** The folder of a local store that launcher and workers see. */
  static WorkStore inFolder(TieredStore tiers) {
    return new FolderWork(tiers);
  }

  /**
   * The node of a policy: the local store below {@code tiers} is a worker's own, and no more than
   * its cache.
   */
  static WorkStore atNode(TieredStore tiers) {
    return new NodeWork(tiers);
  }

  /** Blocks of all tiers. */
  BlockStore blocks();

  /** A new batch of writes to what is shared. */
  BlockWriter newWriter() throws IOException;

  /**
   * What was kept under a key; empty if it is not there or what it names is not whole.
   *
   * @param key as of {@link dev.cairn.io.store.Actions}
   */
  Optional<String> action(String key) throws IOException;

  /**
   * Keeps a value and the objects that it names.
   *
   * @param objects roots of what the value names; their blocks must be sealed before
   */
  void keep(String key, String value, List<Cid> objects) throws IOException;

  /** A folder on this machine for what can be had again. */
  Path cacheFolder() throws IOException;
}
