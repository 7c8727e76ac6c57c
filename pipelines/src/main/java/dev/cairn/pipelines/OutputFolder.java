package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.unixfs.FolderGet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A dataset as plain files. It is written beside the folder and put in its place by renames, so
 * that nobody sees half of it; a folder that Cairn did not write is never replaced.
 */
final class OutputFolder {
  private final Path folder;

  OutputFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Refuses a folder that holds something else than a dataset.
   *
   * @throws RefusedOutputException if it may not be replaced
   */
  void check() throws IOException {
    if (!Files.exists(folder) || isEmpty()) {
      return;
    }
    try {
      Manifest.fromJson(Files.readAllBytes(folder.resolve(Manifest.FILE)));
    } catch (NoSuchFileException | MalformedContentException e) {
      throw new RefusedOutputException(folder, e);
    }
  }

  void write(BlockStore store, Cid dataset) throws IOException {
    check();
    Path parent = folder.getParent() == null ? folder : folder.getParent();
    Files.createDirectories(parent);
    Path fresh = Files.createTempDirectory(parent, ".cairn-output-");
    Path old = fresh.resolve("old");
    Path whole = fresh.resolve("new");
    new FolderGet(store).get(dataset, whole);
    if (Files.exists(folder)) {
      Files.move(folder, old);
    }
    Files.move(whole, folder);
    delete(fresh);
  }

  private boolean isEmpty() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  /** Deletes a folder with all that is in it, or a file. */
  static void delete(Path tree) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(tree)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }
}
