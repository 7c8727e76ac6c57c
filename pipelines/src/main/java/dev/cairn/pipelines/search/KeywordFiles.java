package dev.cairn.pipelines.search;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.pipelines.ReplacedFile;
import dev.cairn.transforms.index.ChunkSegments;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Indexes of the words of chunks, one for each file of chunks, in the cache. A row's number in the
 * file is its document's number in the index, so that an index holds no text.
 */
final class KeywordFiles {
  /** Raised whenever an index of the same file would be another. */
  private static final String VERSION = "words-1-";

  private final BlockStore store;
  private final Path folder;

  KeywordFiles(BlockStore store, Path folder) {
    this.store = store;
    this.folder = folder;
  }

  /** The folder of a file's index, made if it is missing. Processes may do this at once. */
  Path ready(Cid chunks) throws IOException {
    Path index = folder.resolve(VERSION + chunks);
    if (!Files.isDirectory(index)) {
      Files.createDirectories(folder);
      Path temp = Files.createTempDirectory(folder, ".words");
      try {
        build(chunks, temp);
        Files.move(temp, index, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
        ReplacedFile.delete(temp); // another process was faster
      } catch (IOException | RuntimeException e) {
        ReplacedFile.delete(temp);
        throw e;
      }
    }
    return index;
  }

  private void build(Cid chunks, Path target) throws IOException {
    try (Directory directory = FSDirectory.open(target)) {
      ChunkSegments.words(new UnixFs(store).open(chunks), directory);
    }
  }
}
