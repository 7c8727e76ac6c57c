package dev.cairn.pipelines;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.Added;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.NodeKind;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.transforms.record.FileBatch;
import dev.cairn.transforms.record.InputFile;
import dev.cairn.transforms.record.InputRoot;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a run's inputs and hashes them: the first look, against which every later one
 * is checked. Memory: some 200 bytes a file.
 */
final class InputLister {
  private final TieredStore store;
  private final Predicate<String> skips;
  private final boolean intoStore;
  private final List<InputFile> files = new ArrayList<>();
  private final Map<String, Path> local = new HashMap<>();
  private PlannedBatches known = PlannedBatches.none();
  private @Nullable StoredFiles stored;
  private long hidden;
  private long links;
  private long metadata;

  /**
   * Lists inputs.
   *
   * @param skips true for paths of files that hold no records
   * @param intoStore true if local files are stored, and read there from then on
   */
  InputLister(TieredStore store, Predicate<String> skips, boolean intoStore) {
    this.store = store;
    this.skips = skips;
    this.intoStore = intoStore;
  }

  /**
   * What was found.
   *
   * @param root the CID of all of it
   * @param place where its files lie
   * @param files in no order
   * @param isOneFile true if the input is a single file, and no folder with one in it
   */
  record Found(
      Cid root,
      InputRoot place,
      List<InputFile> files,
      InputListing.Skipped skipped,
      boolean isOneFile) {}

  /**
   * Lists the inputs and writes the listing into the store, cut for a source's planning.
   *
   * @param ref whose last plan is looked at
   */
  InputListing list(List<String> inputs, RecordSource source, String ref) throws IOException {
    known = PlannedBatches.of(store.local(), ref, ListingWriter.kind(source));
    Found found = find(inputs);
    long bytes = files.stream().mapToLong(InputFile::size).sum();
    List<FileBatch> batches = new ListingWriter(store.local(), source, known).write(files);
    return new InputListing(
        found.root(), found.place(), batches, files.size(), bytes, found.skipped());
  }

  /**
   * Lists the inputs.
   *
   * @throws TargetNotFoundException if an input is neither a path nor in the store
   * @throws AmbiguousInputException if an input's name means two things, or two have one name
   */
  Found find(List<String> inputs) throws IOException {
    Path only = inputs.size() == 1 ? localPath(inputs.get(0)) : null;
    Cid root;
    InputRoot place;
    boolean folder = false;
    try (BlockWriter blocks = intoStore ? store.local().newWriter() : BlockWriter.discarding()) {
      if (only != null && Files.isDirectory(only)) {
        folder = true;
        root = addLocal(blocks, only, "").cid();
        place = InputRoot.folder(only);
      } else {
        folder = inputs.size() == 1 && isStoredFolder(inputs.get(0));
        root = folder ? listStoredRoot(inputs.get(0)) : listEntries(blocks, inputs);
        place = InputRoot.entries(local);
      }
      blocks.seal();
    }
    if (intoStore) {
      keepForTheRun(root);
      place = InputRoot.entries(Map.of());
    }
    InputListing.Skipped skipped = new InputListing.Skipped(hidden, links, metadata);
    return new Found(root, place, files, skipped, inputs.size() == 1 && !folder);
  }

  /** An action holds what it names for some days, as cache: no pin has to be taken away again. */
  private void keepForTheRun(Cid root) throws IOException {
    String key = ActionKey.of("input").part(root.toString()).hex();
    store.local().actions().put("input-" + key, root.toString(), List.of(root));
  }

  private Cid listEntries(BlockWriter blocks, List<String> inputs) throws IOException {
    DirectoryWriter root = new UnixFsWriter(blocks, SystemTemp.FOLDER).directory();
    Set<String> names = new HashSet<>();
    for (String input : inputs) {
      Path path = localPath(input);
      String name = path == null ? storedName(input) : path.getFileName().toString();
      if (!names.add(name)) {
        throw AmbiguousInputException.sameName(input, name);
      }
      if (path != null) {
        local.put(name, path);
        Added added = addLocal(blocks, path, Files.isDirectory(path) ? name + "/" : "");
        root.add(name, added.root());
      } else {
        Cid cid = Target.parse(input).resolve(store.local().refs(), store);
        listStored(cid, name);
        root.add(name, cid, StoredSize.of(store, cid));
      }
    }
    return root.finish().cid();
  }

  private Added addLocal(BlockWriter blocks, Path path, String prefix) throws IOException {
    AddOptions options =
        AddOptions.standard()
            .withSymlinks(AddOptions.Symlinks.FOLLOW_ARGUMENT)
            .withFilter((name, kind) -> accepts(name, kind))
            .withListener((name, file) -> found(prefix + name, file.cid(), file.size()));
    if (intoStore) {
      return new FolderAdd(blocks, SystemTemp.FOLDER, options).add(path);
    }
    KnownFiles hashes = KnownFiles.of(store.local().cacheFolder(), path, InstantSource.system());
    Added added = new FolderAdd(blocks, SystemTemp.FOLDER, options.withHashes(hashes)).add(path);
    hashes.keep();
    return added;
  }

  private boolean accepts(String name, NodeKind kind) {
    if (AddOptions.isHidden(name)) {
      hidden++;
      return false;
    }
    if (kind == NodeKind.SYMLINK) {
      links++;
      return false;
    }
    return true;
  }

  private Cid listStoredRoot(String input) throws IOException {
    Cid root = Target.parse(input).resolve(store.local().refs(), store);
    listStored(root, "");
    return root;
  }

  private void listStored(Cid cid, String path) throws IOException {
    if (stored == null) {
      stored = StoredFiles.of(store, store.local(), known);
    }
    StoredFiles.Skipped skipped =
        stored.list(cid, path, file -> found(file.path(), file.cid(), file.size()));
    hidden += skipped.hidden();
    links += skipped.links();
  }

  private void found(String path, Cid cid, long size) {
    if (skips.test(path)) {
      metadata++;
    } else {
      files.add(new InputFile(path, cid, size));
    }
  }

  private boolean isStoredFolder(String input) throws IOException {
    return localPath(input) == null
        && new UnixFs(store).stat(Target.parse(input).resolve(store.local().refs(), store)).kind()
            == NodeKind.DIRECTORY;
  }

  private static String storedName(String input) throws TargetNotFoundException {
    Target target = Target.parse(input);
    String path = target.path();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.isEmpty()
        ? String.valueOf(target.ref() == null ? target.root() : target.ref())
        : name;
  }

  /** The local path that an input names, or null if it names something in the store. */
  private @Nullable Path localPath(String input) throws IOException {
    boolean stored = input.startsWith("ipfs://") || input.startsWith("/ipfs/");
    Path path = stored ? null : Path.of(input);
    if (path == null || !Files.exists(path)) {
      if (!stored && !isTarget(input)) {
        throw new TargetNotFoundException(input, "a local path, a CID or a ref");
      }
      return null;
    }
    if (isTarget(input)) {
      throw AmbiguousInputException.refAndPath(input);
    }
    return path.toAbsolutePath().normalize();
  }

  /** True if the store has such a ref, or the text is a CID that it has. */
  private boolean isTarget(String input) throws IOException {
    try {
      Target target = Target.parse(input);
      return target.ref() == null || target.isSetRef(store.local().refs());
    } catch (TargetNotFoundException e) {
      return false;
    }
  }
}
