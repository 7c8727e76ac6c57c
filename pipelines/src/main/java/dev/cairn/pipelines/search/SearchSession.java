package dev.cairn.pipelines.search;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.models.ModelIdentity;
import dev.cairn.pipelines.Manifests;
import dev.cairn.pipelines.Models;
import dev.cairn.transforms.embed.ShardReceipt;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Searches over one dataset. What is slow to open (the model, the chunks' files, the index of their
 * words) is opened by the first search that needs it. For one thread.
 *
 * <p>Vectors are compared exactly and with the dataset's own model: with another one nearness means
 * nothing.
 */
public final class SearchSession implements Closeable {
  /** The folder of the cache for plain copies of chunks and for indexes of words. */
  private static final String CACHE = "search";

  /** How deep two rankings are looked at to fuse them. */
  private static final int FUSED = 1000;

  private final TieredStore store;
  private final Manifest manifest;
  private final ModelIdentity identity;
  private final Models.Model model;
  private final List<DataFile> chunks;
  private @Nullable QueryVectors vectors;
  private @Nullable ChunkTables tables;
  private @Nullable KeywordIndex words;

  private SearchSession(
      TieredStore store, Manifest manifest, ModelIdentity identity, Models.Model model) {
    this.store = store;
    this.manifest = manifest;
    this.identity = identity;
    this.model = model;
    this.chunks = manifest.table(ShardReceipt.CHUNKS);
  }

  /**
   * Opens a dataset.
   *
   * @param model reference of the model, or null for the one that the dataset names
   * @throws SearchException if that is another model than the dataset's, or none is known
   * @throws TargetNotFoundException if the CID is no dataset with chunks
   */
  public static SearchSession open(TieredStore store, Cid dataset, @Nullable String model)
      throws IOException {
    Manifest manifest = Manifests.read(store, dataset);
    if (manifest.model().isEmpty() || manifest.table(ShardReceipt.CHUNKS).isEmpty()) {
      throw new TargetNotFoundException(dataset.toString(), "a dataset with chunks", null);
    }
    ModelIdentity identity = ModelIdentity.fromMap(manifest.model());
    return new SearchSession(store, manifest, identity, modelOf(store, identity, model));
  }

  private static Models.Model modelOf(
      TieredStore store, ModelIdentity identity, @Nullable String reference) throws IOException {
    Models models = new Models(store);
    if (reference == null) {
      return models
          .of(identity)
          .orElseThrow(
              () ->
                  new SearchException(
                      "Cannot search: the dataset's model has weights "
                          + identity.weights()
                          + " (a builtin one, one in the store, or --model)"));
    }
    Models.Model found = models.find(reference);
    boolean fits = identity.maxTokens() <= found.spec().tokenLimit();
    if (!fits
        || !ModelIdentity.of(found.spec(), identity.maxTokens(), identity.numerics())
            .equals(identity)) {
      throw new SearchException(
          "Cannot search with model: "
              + reference
              + " (the dataset's own: "
              + identity.weights()
              + ")");
    }
    return found;
  }

  /**
   * Searches.
   *
   * @return the best first; equal scores in the dataset's order
   * @throws SearchException if the condition is none, or there is no word in the query
   */
  public List<Hit> search(SearchQuery query) throws IOException {
    int depth = query.mode() == SearchMode.HYBRID ? Math.max(FUSED, query.k()) : query.k();
    List<List<Found>> rankings = new ArrayList<>();
    if (query.mode() != SearchMode.KEYWORD) {
      rankings.add(
          tables()
              .nearest(
                  vectors().of(query.text()),
                  identity.normalization().equals("none"),
                  query.where(),
                  query.perDocument(),
                  depth));
    }
    if (query.mode() != SearchMode.VECTOR) {
      List<BitSet> matching = query.where() == null ? null : tables().matching(query.where());
      rankings.add(words().search(query.text(), matching, query.perDocument(), depth));
    }
    List<Found> ranking = rankings.size() == 1 ? rankings.get(0) : Fusion.of(rankings);
    return tables().read(ranking.subList(0, Math.min(query.k(), ranking.size())));
  }

  private QueryVectors vectors() throws IOException {
    if (vectors == null) {
      vectors = QueryVectors.open(new Models(store).files(model), identity);
    }
    return vectors;
  }

  private ChunkTables tables() throws IOException {
    if (tables == null) {
      List<Path> files = new ChunkFiles(store, cache()).ready(chunks);
      tables = ChunkTables.open(files, isTitled());
    }
    return tables;
  }

  private boolean isTitled() throws IOException {
    try (ParquetTableReader first =
        ParquetTableReader.open(new UnixFs(store).open(chunks.get(0).cid()))) {
      return first.schema().columns().stream()
          .anyMatch(column -> column.name().equals(KeywordFiles.TITLE));
    }
  }

  private KeywordIndex words() throws IOException {
    if (words == null) {
      KeywordFiles files = new KeywordFiles(store, cache());
      List<Path> indexes = new ArrayList<>();
      for (DataFile file : chunks) {
        indexes.add(files.ready(file.cid()));
      }
      words = KeywordIndex.open(indexes);
    }
    return words;
  }

  private Path cache() throws IOException {
    return store.local().cacheFolder().resolve(CACHE);
  }

  /** The manifest of the dataset. */
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(vectors, tables, words);
  }
}
