package dev.cairn.io.store.tier;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Work at a node: blocks go straight to it, actions into its mutable file system. */
final class NodeWork implements WorkStore {
  private final TieredStore tiers;

  NodeWork(TieredStore tiers) {
    this.tiers = tiers;
  }

  @Override
  public BlockStore blocks() {
    return tiers;
  }

  @Override
  public BlockWriter newWriter() throws IOException {
    return tiers.node().newWriter();
  }

  @Override
  public Optional<String> action(String key) throws IOException {
    Optional<NodeActions.Found> found = actions().find(key);
    return found.map(NodeActions.Found::value);
  }

  @Override
  public void keep(String key, String value, List<Cid> objects) throws IOException {
    actions().put(key, value, objects);
  }

  private NodeActions actions() throws IOException {
    return new NodeActions(tiers.node());
  }

  @Override
  public Path cacheFolder() throws IOException {
    return tiers.local().cacheFolder();
  }

  @Override
  public void close() throws IOException {
    tiers.close();
  }
}
