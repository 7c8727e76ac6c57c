package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.StorageException;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.PathNotFoundException;
import dev.cairn.io.unixfs.Stat;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.record.InputFile;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists the files of a folder in the store, beside the input of the ref's last plan: a folder or
 * file that has the CID that it had there is not read. For one thread.
 */
final class StoredFiles {
  private static final Logger LOG = LoggerFactory.getLogger(StoredFiles.class);

  private final UnixFs store;
  private final @Nullable Cid before;
  private final NavigableMap<String, InputFile> known;
  private Consumer<InputFile> found = file -> {};
  private long hidden;
  private long links;

  /** What was passed over, but for what lies in folders that were not read. */
  record Skipped(long hidden, long links) {}

  private StoredFiles(UnixFs store, @Nullable Cid before, NavigableMap<String, InputFile> known) {
    this.store = store;
    this.before = before;
    this.known = known;
  }

  /**
   * Lists beside a plan.
   *
   * @param store where both inputs are looked for
   * @param local where the plan is
   */
  static StoredFiles of(BlockStore store, LocalStore local, PlannedBatches planned)
      throws IOException {
    return new StoredFiles(new UnixFs(store), planned.root(), planned.files(local));
  }

  /**
   * Lists what is below {@code cid}.
   *
   * @param path where that is in the input, empty for all of it
   * @param found takes the files, in no promised order
   */
  Skipped list(Cid cid, String path, Consumer<InputFile> found) throws IOException {
    this.found = found;
    hidden = 0;
    links = 0;
    walk(cid, path, path.isEmpty() ? before : child(before, path));
    return new Skipped(hidden, links);
  }

  private @Nullable Cid child(@Nullable Cid folder, String name) throws IOException {
    try {
      return folder == null ? null : store.resolve(folder, name);
    } catch (PathNotFoundException
        | IntegrityException
        | MalformedContentException
        | StorageException e) {
      LOG.debug("It was not there, or is not to be had", e);
      return null;
    }
  }

  private void walk(Cid cid, String path, @Nullable Cid earlier) throws IOException {
    InputFile file = known.get(path);
    if (file != null && file.cid().equals(cid)) {
      found.accept(file);
      return;
    }
    if (earlier != null && cid.equals(earlier)) {
      String prefix = path.isEmpty() ? "" : path + "/";
      known.tailMap(prefix, true).values().stream()
          .takeWhile(f -> f.path().startsWith(prefix))
          .forEach(found);
      return;
    }
    Stat stat = store.stat(cid);
    switch (stat.kind()) {
      case FILE -> found.accept(new InputFile(path, cid, stat.size()));
      case SYMLINK -> links++;
      case DIRECTORY -> {
        Map<String, Cid> before = earlier == null ? Map.of() : entries(earlier);
        Listing entries = store.list(cid);
        while (entries.hasNext()) {
          DirEntry entry = entries.next();
          String name = entry.name();
          if (AddOptions.isHidden(name)) {
            hidden++;
          } else {
            walk(entry.cid(), path.isEmpty() ? name : path + "/" + name, before.get(name));
          }
        }
      }
    }
  }

  private Map<String, Cid> entries(Cid folder) throws IOException {
    Map<String, Cid> entries = new HashMap<>();
    try {
      Listing listing = store.list(folder);
      while (listing.hasNext()) {
        DirEntry entry = listing.next();
        entries.put(entry.name(), entry.cid());
      }
      return entries;
    } catch (IntegrityException | MalformedContentException | StorageException e) {
      LOG.debug("It is not to be had: all that is new is read", e);
      return Map.of();
    }
  }
}
