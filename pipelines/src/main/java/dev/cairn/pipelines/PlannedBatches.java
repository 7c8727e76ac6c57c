package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.InputFile;
import dev.cairn.transforms.record.SystemTemp;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The input of a ref's last plan and its batches, in order of path: where what is known of files is
 * looked for when the input changed. A cache: without it all is read again.
 */
final class PlannedBatches {
  private final @Nullable Cid root;
  private final @Nullable Cid listing;
  private final List<Batch> batches;

  private record Batch(String key, String first) {}

  private PlannedBatches(@Nullable Cid root, @Nullable Cid listing, List<Batch> batches) {
    this.root = root;
    this.listing = listing;
    this.batches = batches;
  }

  /** Nothing is known. */
  static PlannedBatches none() {
    return new PlannedBatches(null, null, List.of());
  }

  /**
   * Those of the last run.
   *
   * @param kind what else must be equal: {@link ListingWriter#kind}
   */
  static PlannedBatches of(LocalStore store, String ref, ActionKey kind) throws IOException {
    Optional<String> plan = store.wholeAction(action(ref, kind));
    if (plan.isEmpty()) {
      return none();
    }
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(new UnixFs(store).openStream(Cid.parse(plan.get()))))) {
      Cid root = Cid.parse(in.readUTF());
      Cid listing = Cid.parse(in.readUTF());
      List<Batch> batches = new ArrayList<>();
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        batches.add(new Batch(in.readUTF(), in.readUTF()));
      }
      return new PlannedBatches(root, listing, batches);
    }
  }

  /** The input's root, null if none is known. */
  @Nullable Cid root() {
    return root;
  }

  /** The input's files by their paths, those that hold no records left out. */
  NavigableMap<String, InputFile> files(LocalStore store) throws IOException {
    NavigableMap<String, InputFile> files = new TreeMap<>();
    if (listing != null) {
      for (InputFile file : InputFile.readAll(new UnixFs(store).openStream(listing))) {
        files.put(file.path(), file);
      }
    }
    return files;
  }

  /** Remembers the batches of a plan that is made. */
  static void keep(LocalStore store, String ref, ActionKey kind, Cid root, List<FileBatch> batches)
      throws IOException {
    Cid files = Cid.parse(batches.get(0).getListing()); // all batches of an input are in one
    try (var writer = store.newWriter()) {
      FileWriter file = new UnixFsWriter(writer, SystemTemp.FOLDER).file();
      DataOutputStream out = new DataOutputStream(file);
      out.writeUTF(root.toString());
      out.writeUTF(files.toString());
      out.writeInt(batches.size());
      for (FileBatch batch : batches) {
        out.writeUTF(batch.getKey());
        out.writeUTF(batch.getFirst());
      }
      Cid plan = file.finish().cid();
      writer.seal();
      store.actions().put(action(ref, kind), plan.toString(), List.of(plan, files));
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
