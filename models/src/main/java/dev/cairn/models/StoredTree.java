package dev.cairn.models;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.PathNotFoundException;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A model in a store: every block is hashed as it is read. */
final class StoredTree implements ModelTree {
  private final UnixFs files;
  private final Cid root;

  StoredTree(BlockStore store, Cid root) {
    this.files = new UnixFs(store);
    this.root = root;
  }

  @Override
  public boolean has(String path) throws IOException {
    return find(path).isPresent();
  }

  @Override
  public Optional<InputStream> open(String path) throws IOException {
    Optional<Cid> file = find(path);
    return file.isEmpty() ? Optional.empty() : Optional.of(files.openStream(file.get()));
  }

  private Optional<Cid> find(String path) throws IOException {
    try {
      return Optional.of(files.resolve(root, path));
    } catch (PathNotFoundException e) {
      return Optional.empty();
    }
  }
}
