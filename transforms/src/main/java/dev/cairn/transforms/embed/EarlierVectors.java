package dev.cairn.transforms.embed;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors that need not be computed for one shard: of the rows that the ref's dataset has of its
 * documents, and of any text of the datasets that are reused. For one thread.
 */
final class EarlierVectors implements Closeable {
  private final EarlierRows rows;
  private final List<VectorIndex> indexes = new ArrayList<>();

  private EarlierVectors(EarlierRows rows) {
    this.rows = rows;
  }

  static EarlierVectors open(
      BlockStore store, EmbedSettings settings, ShardTask task, int dimension) throws IOException {
    List<Cid> files = parse(task.getEarlier());
    EarlierVectors vectors =
        new EarlierVectors(
            new EarlierRows(
                new VectorRows(store, files, settings.vectors().titleContext(), dimension)));
    try {
      for (Cid index : parse(settings.vectorIndexes())) {
        vectors.indexes.add(VectorIndex.open(store, index, dimension));
      }
      return vectors;
    } catch (IOException e) {
      vectors.close();
      throw e;
    }
  }

  private static List<Cid> parse(List<String> cids) throws MalformedContentException {
    List<Cid> parsed = new ArrayList<>();
    for (String cid : cids) {
      parsed.add(Cid.parse(cid));
    }
    return parsed;
  }

  /** The vector of a document's chunk, null if it must be computed. */
  float @Nullable [] find(String id, VectorKey key) throws IOException {
    float[] vector = rows.find(id, key);
    for (int i = 0; vector == null && i < indexes.size(); i++) {
      vector = indexes.get(i).find(key);
    }
    return vector;
  }

  @Override
  public void close() throws IOException {
    try (rows) {
      for (VectorIndex index : indexes) {
        index.close();
      }
    }
  }
}
