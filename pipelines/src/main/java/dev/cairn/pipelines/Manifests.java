package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.unixfs.PathNotFoundException;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.embed.ShardReceipt;
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
    return Manifest.fromJson(bytes(store, dataset, "a dataset", Manifest.FILE));
  }

  /**
   * The manifest of a dataset with chunks and their vectors.
   *
   * @throws TargetNotFoundException if the CID is none
   */
  public static Manifest readOfVectors(BlockStore store, Cid dataset) throws IOException {
    Manifest manifest = read(store, dataset);
    if (manifest.model().isEmpty() || manifest.table(ShardReceipt.CHUNKS).isEmpty()) {
      throw new TargetNotFoundException(dataset.toString(), "a dataset with chunks", null);
    }
    return manifest;
  }

  /** The file in which a folder says what it is; one that is too long is cut behind the limit. */
  static byte[] bytes(BlockStore store, Cid root, String what, String file) throws IOException {
    UnixFs files = new UnixFs(store);
    Cid manifest;
    try {
      manifest = files.resolve(root, file);
    } catch (PathNotFoundException e) {
      throw new TargetNotFoundException(root.toString(), what + ", with " + file, e);
    }
    try (InputStream in = files.openStream(manifest)) {
      return in.readNBytes(CanonicalJson.MAX_BYTES + 1);
    }
  }
}
