package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.unixfs.PathNotFoundException;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.io.InputStream;

/** Reads the manifests of datasets in a store. */
public final class Manifests {
  private Manifests() {}

  /**
   * The manifest of a dataset.
   *
   * @throws TargetNotFoundException if the CID is no dataset
   */
  public static Manifest read(BlockStore store, Cid dataset) throws IOException {
    UnixFs files = new UnixFs(store);
    Cid manifest;
    try {
      manifest = files.resolve(dataset, Manifest.FILE);
    } catch (PathNotFoundException e) {
      throw new TargetNotFoundException(dataset.toString(), "a dataset, with " + Manifest.FILE, e);
    }
    try (InputStream in = files.openStream(manifest)) {
      return Manifest.fromJson(in.readNBytes(CanonicalJson.MAX_BYTES + 1));
    }
  }
}
