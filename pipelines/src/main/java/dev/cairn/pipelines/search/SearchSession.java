package dev.cairn.pipelines.search;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.models.ModelIdentity;
import dev.cairn.pipelines.IndexRun;
import dev.cairn.pipelines.Indexes;
import dev.cairn.pipelines.Manifests;
import dev.cairn.pipelines.Models;
import dev.cairn.pipelines.SampleCheck;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.index.ChunkFields;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Searches over one dataset. What is slow to open (the model, the chunks' files, an index) is
 * opened by the first search that needs it. For one thread.
 *
 * <p>Vectors are those of the dataset's own model: with another one nearness means nothing. All are
 * compared, unless the dataset has an {@linkplain IndexRun index}.
 */
public final class SearchSession implements Closeable {
  /** How deep two rankings are looked at to fuse them. */
  private static final int FUSED = 1000;

  /** Chunks that are embedded again where an endpoint may have changed its model. */
  private static final int SAMPLE = 8;

  private final TieredStore store;
  private final Cid dataset;
  private final Manifest manifest;
  private final ModelIdentity identity;
  private final Models.Model model;
  private final List<DataFile> chunks;
  private final @Nullable Cid index;
  private final boolean exact;
  private @Nullable QueryVectors vectors;
  private @Nullable ChunkTables tables;
  private @Nullable Rows rows;
  private @Nullable KeywordIndex words;
  private @Nullable VectorGraphs graphs;

  private SearchSession(
      TieredStore store,
      Cid dataset,
      Manifest manifest,
      ModelIdentity identity,
      Models.Model model,
      @Nullable Cid index,
      boolean exact) {
    this.store = store;
    this.dataset = dataset;
    this.index = index;
    this.exact = exact;
    this.manifest = manifest;
    this.identity = identity;
    this.model = model;
    this.chunks = manifest.table(ShardReceipt.CHUNKS);
  }

  /**
   * Opens a dataset.
   *
   * @param model reference of the model, or null for the one that the dataset names
   * @param exact true to compare all vectors, also where there is an index
   * @throws SearchException if that is another model than the dataset's, or none is known
   * @throws TargetNotFoundException if the CID is no dataset with chunks
   */
  public static SearchSession open(
      TieredStore store, Cid dataset, @Nullable String model, boolean exact) throws IOException {
    Manifest manifest = Manifests.readOfVectors(store, dataset);
    ModelIdentity identity = ModelIdentity.fromMap(manifest.model());
    Models.Model known = modelOf(store, identity, model);
    Cid index = new Indexes(store.local()).usable(dataset).orElse(null);
    return new SearchSession(store, dataset, manifest, identity, known, index, exact);
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
                      "Cannot search: the dataset's vectors are of "
                          + identity.described()
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
              + identity.described()
              + ")");
    }
    return found;
  }

  /** An endpoint may have another model under the same name. */
  private void checkEndpoint(Models models) throws IOException {
    if (model.ref().remote().isEmpty()) {
      return;
    }
    String now = models.find(model.ref().toString()).numerics();
    if (!identity.numerics().equals(now)
        && !new SampleCheck(store, dataset, model).compare(SAMPLE).isWithinTolerance()) {
      throw new SearchException(
          "Cannot search with model: " + model.ref() + " (it gives other vectors than it gave)");
    }
  }

  /**
   * Searches.
   *
   * @return the best first; equal scores in the dataset's order
   * @throws SearchException if the condition is none, or there is no word in the query
   */
  public List<Hit> search(SearchQuery query) throws IOException {
    int depth = query.mode() == SearchMode.HYBRID ? Math.max(FUSED, query.k()) : query.k();
    boolean byRows = isIndexed() || query.mode() != SearchMode.VECTOR;
    RowsQuery filter =
        byRows && query.where() != null
            ? new RowsQuery(tables().matching(query.where()), rows())
            : null;
    List<List<Found>> rankings = new ArrayList<>();
    if (query.mode() != SearchMode.KEYWORD) {
      rankings.add(nearest(query, filter, depth));
    }
    if (query.mode() != SearchMode.VECTOR) {
      rankings.add(words().search(query.text(), filter, query.perDocument(), depth));
    }
    List<Found> ranking = rankings.size() == 1 ? rankings.get(0) : Fusion.of(rankings);
    return tables().read(ranking.subList(0, Math.min(query.k(), ranking.size())));
  }

  private List<Found> nearest(SearchQuery query, @Nullable RowsQuery filter, int depth)
      throws IOException {
    List<float[]> wanted = vectors().of(query.text());
    if (isIndexed()) {
      return graphs().nearest(wanted, filter, query.perDocument(), depth, query.k());
    }
    boolean cosine = IndexRun.nearness(identity) == VectorSimilarityFunction.COSINE;
    return tables().nearest(wanted, cosine, query.where(), query.perDocument(), depth);
  }

  private VectorGraphs graphs() throws IOException {
    if (graphs == null) {
      graphs = new VectorGraphs(rows(), IndexRun.nearness(identity));
    }
    return graphs;
  }

  /** The dataset's index, or else one of the words of each file. */
  private Rows rows() throws IOException {
    if (rows == null) {
      Path cache = SearchCache.folder(store.local());
      if (index != null) {
        rows = Rows.open(new IndexFiles(store, cache).ready(index), chunks);
      } else {
        KeywordFiles files = new KeywordFiles(store, cache);
        List<Path> indexes = new ArrayList<>();
        for (DataFile file : chunks) {
          indexes.add(files.ready(file.cid()));
        }
        rows = Rows.open(indexes, chunks);
      }
    }
    return rows;
  }

  private QueryVectors vectors() throws IOException {
    if (vectors == null) {
      Models models = new Models(store);
      checkEndpoint(models);
      vectors = new QueryVectors(models.open(model, identity), identity);
    }
    return vectors;
  }

  private ChunkTables tables() throws IOException {
    if (tables == null) {
      Path cache = SearchCache.folder(store.local());
      ChunkFiles files = new ChunkFiles(store, cache, chunks);
      tables = ChunkTables.open(files, isTitled(), identity.dimension());
    }
    return tables;
  }

  private boolean isTitled() throws IOException {
    try (ParquetTableReader first =
        ParquetTableReader.open(new UnixFs(store).open(chunks.get(0).cid()))) {
      return first.schema().columns().stream()
          .anyMatch(column -> column.name().equals(ChunkFields.TITLE));
    }
  }

  private KeywordIndex words() throws IOException {
    if (words == null) {
      words = new KeywordIndex(rows());
    }
    return words;
  }

  /** True if vectors are compared by an index. */
  public boolean isIndexed() {
    return !exact && index != null;
  }

  /** The manifest of the dataset. */
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public void close() throws IOException {
    IOUtils.close(vectors, tables, graphs, rows);
  }
}
