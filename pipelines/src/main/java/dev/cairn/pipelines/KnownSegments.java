package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.transforms.index.IndexTask;
import dev.cairn.transforms.index.IndexedShard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What need not be indexed: groups of files that a run finished, even one that was killed, and
 * those of the indexes that are kept.
 */
final class KnownSegments {
  private static final Logger LOG = LoggerFactory.getLogger(KnownSegments.class);

  private final LocalStore store;
  private final UnixFs files;
  private final Map<String, Known> known = new HashMap<>();

  KnownSegments(LocalStore store) {
    this.store = store;
    this.files = new UnixFs(store);
  }

  /**
   * A group.
   *
   * @param group its entry in the index
   * @param files of its segments
   * @param bytes of their blocks, where a run told of them, else 0
   */
  record Known(IndexManifest.Group group, List<DirEntry> files, long bytes) {}

  /** Looks for tasks; those that are not known, in their order. */
  List<IndexTask> unknown(List<IndexTask> tasks) throws IOException {
    List<IndexTask> unknown = new ArrayList<>();
    for (IndexTask task : tasks) {
      if (!findAction(task)) {
        unknown.add(task);
      }
    }
    for (Cid index : new Indexes(store).all()) {
      if (unknown.isEmpty()) {
        break;
      }
      findIn(index, unknown.stream().map(IndexTask::getKey).collect(Collectors.toSet()));
      unknown.removeIf(task -> known.containsKey(task.getKey()));
    }
    return unknown;
  }

  /** A group that is known. */
  Known get(IndexTask task) throws IOException {
    if (!known.containsKey(task.getKey())) {
      findAction(task);
    }
    Known found = known.get(task.getKey());
    if (found == null) {
      throw new IOException("Cannot find segments of " + task.getChunks() + " (run again)");
    }
    return found;
  }

  private boolean findAction(IndexTask task) throws IOException {
    Optional<String> action = store.wholeAction(task.getKey());
    if (action.isEmpty()) {
      return false;
    }
    IndexedShard done = IndexedShard.fromJson(action.get());
    List<Cid> chunks = new ArrayList<>();
    for (String file : task.getChunks()) {
      chunks.add(Cid.parse(file));
    }
    IndexManifest.Group group =
        new IndexManifest.Group(task.getKey(), chunks, done.getRows(), done.getSegments());
    List<DirEntry> its = entries(Cid.parse(done.getFolder()));
    known.put(task.getKey(), new Known(group, its, done.getBytes()));
    return true;
  }

  private void findIn(Cid index, Set<String> wanted) throws IOException {
    IndexManifest manifest;
    try {
      manifest = IndexManifest.read(store, index);
    } catch (MalformedContentException e) {
      LOG.debug("An index of another format", e);
      return;
    }
    List<IndexManifest.Group> found =
        manifest.groups().stream().filter(group -> wanted.contains(group.key())).toList();
    if (found.isEmpty() || !store.isWhole(index)) {
      return;
    }
    Map<String, List<DirEntry>> bySegment = new HashMap<>();
    for (DirEntry file : entries(files.resolve(index, IndexManifest.LUCENE))) {
      String segment = file.name().substring(0, Math.max(0, file.name().lastIndexOf('.')));
      bySegment.computeIfAbsent(segment, name -> new ArrayList<>()).add(file);
    }
    for (IndexManifest.Group group : found) {
      List<DirEntry> its = new ArrayList<>();
      for (String segment : group.segments()) {
        its.addAll(bySegment.getOrDefault(segment, List.of()));
      }
      known.put(group.key(), new Known(group, its, 0));
    }
  }

  private List<DirEntry> entries(Cid folder) throws IOException {
    List<DirEntry> entries = new ArrayList<>();
    Listing listing = files.list(folder);
    while (listing.hasNext()) {
      entries.add(listing.next());
    }
    return entries;
  }
}
