package dev.cairn.transforms.index;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.tier.WorkStore;
import dev.cairn.io.unixfs.DirectoryWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.IOUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a worker does with a shard. One that was indexed before is found again. */
final class ShardIndexer {
  private static final String TEMP = "cairn-index-";
  private static final Logger LOG = LoggerFactory.getLogger(ShardIndexer.class);

  private final WorkStore store;
  private final int dimension;
  private final VectorSimilarityFunction nearness;

  ShardIndexer(WorkStore store, int dimension, VectorSimilarityFunction nearness) {
    this.store = store;
    this.dimension = dimension;
    this.nearness = nearness;
  }

  IndexedShard index(IndexTask task) throws IOException {
    Optional<String> known = store.action(task.getKey());
    if (known.isPresent()) {
      return IndexedShard.fromJson(known.get());
    }
    removeLeftBehind();
    Path work = Files.createTempDirectory(SystemTemp.FOLDER, TEMP);
    Path target = Files.createTempDirectory(SystemTemp.FOLDER, TEMP);
    try (Directory workFolder = FSDirectory.open(work);
        Directory targetFolder = FSDirectory.open(target)) {
      List<ChunkSegments.Chunks> chunks = new ArrayList<>();
      UnixFs files = new UnixFs(store.blocks());
      for (String file : task.getChunks()) {
        Cid cid = Cid.parse(file);
        chunks.add(() -> files.open(cid));
      }
      List<ChunkSegments.Segment> segments =
          ChunkSegments.write(chunks, dimension, nearness, task.getKey(), workFolder, targetFolder);
      return keep(task.getKey(), segments, target);
    } finally {
      IOUtils.rm(work, target);
    }
  }

  /** What a worker that was killed left behind: no shard takes so long. */
  private static void removeLeftBehind() throws IOException {
    try (var folders = Files.newDirectoryStream(SystemTemp.FOLDER, TEMP + "*")) {
      for (Path folder : folders) {
        try {
          if (SystemTemp.isLeftBehind(folder)) {
            IOUtils.rm(folder);
          }
        } catch (NoSuchFileException e) {
          LOG.debug("Its worker removed it", e);
        }
      }
    }
  }

  private IndexedShard keep(String key, List<ChunkSegments.Segment> segments, Path files)
      throws IOException {
    try (BlockWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      DirectoryWriter folder = objects.directory();
      long rows = 0;
      for (ChunkSegments.Segment segment : segments) {
        rows += segment.rows();
        for (String name : segment.files()) {
          FileWriter file = objects.file();
          Files.copy(files.resolve(name), file);
          Written written = file.finish();
          folder.add(name, written.cid(), written.tsize());
        }
      }
      Written root = folder.finish();
      writer.seal();
      IndexedShard shard =
          IndexedShard.of(
              root.cid().toString(),
              segments.stream().map(ChunkSegments.Segment::name).toList(),
              rows,
              root.tsize());
      store.keep(key, shard.toJson(), List.of(root.cid()));
      return shard;
    }
  }
}
