package dev.cairn.io.store.tier;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Work in the folder of the local store. */
final class FolderWork implements WorkStore {
  private final TieredStore tiers;

  FolderWork(TieredStore tiers) {
    this.tiers = tiers;
  }

  @Override
  public BlockStore blocks() {
    return tiers;
  }

  @Override
  public BlockWriter newWriter() {
    return tiers.local().newWriter();
  }

  @Override
  public Optional<String> action(String key) throws IOException {
    return tiers.local().wholeAction(key);
  }

  @Override
  public void keep(String key, String value, List<Cid> objects) throws IOException {
    tiers.local().actions().put(key, value, objects);
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
