package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.SystemTemp;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The batches of a ref's last plan, in order of path: where what is known of files is looked for
 * when batches are cut in other places. A cache: without it files are parsed again.
 */
final class PlannedBatches {
  private final List<Batch> batches;

  private record Batch(String key, String first) {}

  private PlannedBatches(List<Batch> batches) {
    this.batches = batches;
  }

  /**
   * Those of the last run.
   *
   * @param kind what else must be equal: {@link ListingWriter#kind}
   */
  static PlannedBatches of(LocalStore store, String ref, ActionKey kind) throws IOException {
    Optional<String> listing = store.wholeAction(action(ref, kind));
    List<Batch> batches = new ArrayList<>();
    if (listing.isPresent()) {
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(new UnixFs(store).openStream(Cid.parse(listing.get()))))) {
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
          batches.add(new Batch(in.readUTF(), in.readUTF()));
        }
      }
    }
    return new PlannedBatches(batches);
  }

  /** Remembers the batches of a plan that is made. */
  static void keep(LocalStore store, String ref, ActionKey kind, List<FileBatch> batches)
      throws IOException {
    try (var writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      DataOutputStream out = new DataOutputStream(file);
      out.writeInt(batches.size());
      for (FileBatch batch : batches) {
        out.writeUTF(batch.getKey());
        out.writeUTF(batch.getFirst());
      }
      Cid listing = file.finish().cid();
      writer.seal();
      store.actions().put(action(ref, kind), listing.toString(), List.of(listing));
    }
  }

  private static String action(String ref, ActionKey kind) {
    return "batches-" + kind.part(ref).hex();
  }

  /** The keys of those that may hold paths from one to another, both included. */
  List<String> between(String first, String last) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < batches.size() && batches.get(i).first().compareTo(last) <= 0; i++) {
      if (i + 1 == batches.size() || batches.get(i + 1).first().compareTo(first) > 0) {
        found.add(batches.get(i).key());
      }
    }
    return found;
  }
}
