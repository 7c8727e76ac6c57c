package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.Ref;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a ref names when a run starts.
 *
 * @param commitCid the ref's commit
 * @param commit its content
 * @param manifest of its dataset
 */
public record PresentDataset(Cid commitCid, Commit commit, Manifest manifest) {

  /** The ref's present dataset, or null if the ref is not set. */
  public static @Nullable PresentDataset of(LocalStore store, String ref) throws IOException {
    Ref current = store.refs().current(ref);
    if (current == null) {
      return null;
    }
    Commit commit = Commit.from(store.get(current.commit()));
    return new PresentDataset(current.commit(), commit, Manifests.read(store, commit.dataset()));
  }

  /** The dataset's CID. */
  public Cid dataset() {
    return commit.dataset();
  }
}
