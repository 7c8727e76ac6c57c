package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.DirEntry;
import dev.cairn.io.unixfs.Listing;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.IndexManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of indexes as folders in the cache that Lucene maps. Files that an index has in common
 * with another one that is there are links to the same bytes.
 */
final class IndexFiles {
  private static final String PREFIX = "index-";
  private static final Logger LOG = LoggerFactory.getLogger(IndexFiles.class);

  /** What Lucene calls files, and nothing that leads out of the folder. */
  private static final Pattern NAME = Pattern.compile("(_[0-9a-z]+\\.[a-z]+|segments_[0-9a-z]+)");

  private final UnixFs store;
  private final PlainFiles copies;
  private final Path folder;

  IndexFiles(BlockStore store, Path folder) {
    this.store = new UnixFs(store);
    this.copies = new PlainFiles(store);
    this.folder = folder;
  }

  /** The folder of an index, all of its files whole. Processes may do this at once. */
  Path ready(Cid index) throws IOException {
    Path copy = folder.resolve(PREFIX + index);
    Files.createDirectories(copy);
    List<Path> others = others(copy);
    Listing files = store.list(store.resolve(index, IndexManifest.LUCENE));
    while (files.hasNext()) {
      DirEntry file = files.next();
      if (NAME.matcher(file.name()).matches()) {
        Path path = copy.resolve(file.name());
        if (!Files.exists(path)) {
          link(path, others);
        }
        copies.ready(path, file.cid(), store.stat(file.cid()).size());
      }
    }
    return copy;
  }

  private List<Path> others(Path copy) throws IOException {
    List<Path> others = new ArrayList<>();
    try (var all = Files.newDirectoryStream(folder, PREFIX + "*")) {
      for (Path one : all) {
        if (!one.equals(copy)) {
          others.add(one);
        }
      }
    }
    return others;
  }

  /** Whether it is the same file is found out by hashing it. */
  private static void link(Path path, List<Path> others) throws IOException {
    for (Path other : others) {
      Path same = other.resolve(path.getFileName());
      if (Files.isRegularFile(same)) {
        try {
          Files.createLink(path, same);
        } catch (IOException | UnsupportedOperationException e) {
          LOG.debug("No link: it is copied", e);
        }
        return;
      }
    }
  }
}
