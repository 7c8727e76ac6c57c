package dev.cairn.pipelines.search;

import dev.cairn.transforms.index.ChunkFields;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.knn.KnnCollectorManager;
import org.apache.lucene.util.NamedThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The nearest of a dataset's vectors by the graphs of its index (HNSW: Malkov, Yashunin, 2018). It
 * finds nearly all that an exact search finds, and gives the same scores. For one thread; works
 * with several.
 */
final class VectorGraphs implements Closeable {
  /**
   * Candidates kept in each graph while it is searched. Graphs do not tell each other what they
   * found, as Lucene's own query does: that lost more hits than a smaller width, for the same time
   * (measured: docs/search.md).
   */
  static final int WIDTH = 24;

  /** So many of the nearest chunks are often of one document. */
  private static final int CHUNKS_OF_A_DOCUMENT = 4;

  private static final Comparator<Found> BEST_FIRST =
      Comparator.comparingDouble(Found::score).reversed().thenComparing(Found::place);

  private final Rows rows;
  private final SameVectors same;
  private final VectorSimilarityFunction nearness;
  private final ExecutorService threads;
  private final IndexSearcher searcher;

  VectorGraphs(Rows rows, VectorSimilarityFunction nearness) {
    this.rows = rows;
    this.same = new SameVectors(rows.reader());
    this.nearness = nearness;
    this.threads =
        Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(), new NamedThreadFactory("cairn-search"));
    this.searcher = new IndexSearcher(rows.reader(), threads);
  }

  /**
   * The nearest chunks or documents, by the mean over the query's vectors of the nearness to each:
   * for a document, that of its nearest chunk.
   *
   * @param filter rows that may be found, or null for all
   * @param depth how many to return at most
   * @param needed how many to return at least, if there are as many
   */
  List<Found> nearest(
      List<float[]> query, @Nullable RowsQuery filter, boolean perDocument, int depth, int needed)
      throws IOException {
    int all = rows.reader().maxDoc();
    int each = perDocument ? CHUNKS_OF_A_DOCUMENT : 1;
    RowsQuery inGraphs = filter == null ? null : filter.forGraphs(same);
    int share = 2 * depth / rows.reader().leaves().size(); // few graphs must give more each
    int width = Math.min(Math.max(Math.max(WIDTH, share), each * needed), all);
    while (true) {
      int hits = Math.min(Math.max(width, each * depth), all);
      SortedSet<Integer> docs = new TreeSet<>();
      for (float[] vector : query) {
        for (ScoreDoc one :
            searcher.search(new Graphs(vector, hits, width, inGraphs), hits).scoreDocs) {
          docs.add(one.doc);
        }
      }
      docs.addAll(same.others(docs));
      if (perDocument && query.size() > 1) {
        addAllOfTheirDocuments(docs);
      }
      if (filter != null) {
        docs.removeIf(doc -> !filter.has(doc));
      }
      List<Found> ranking = ranking(query, docs, perDocument);
      if (ranking.size() >= needed || width == all) {
        return ranking.subList(0, Math.min(depth, ranking.size()));
      }
      width = (int) Math.min(4L * width, all); // many of them were of the same documents
    }
  }

  private List<Found> ranking(List<float[]> query, SortedSet<Integer> docs, boolean perDocument)
      throws IOException {
    Map<Integer, double[]> near = nearnesses(query, docs);
    if (!perDocument) {
      List<Found> ranking = new ArrayList<>();
      near.forEach(
          (doc, each) -> {
            Place place = rows.place(doc);
            ranking.add(new Found(place, place, sum(each) / query.size()));
          });
      ranking.sort(BEST_FIRST);
      return ranking;
    }
    Map<String, Best> documents = new HashMap<>();
    for (Map.Entry<Integer, double[]> one : near.entrySet()) {
      documents
          .computeIfAbsent(rows.id(one.getKey()), id -> new Best(query.size()))
          .add(one.getKey(), one.getValue());
    }
    List<Found> ranking = new ArrayList<>();
    documents.forEach(
        (id, best) ->
            ranking.add(new Found(id, rows.place(best.doc), sum(best.each) / query.size())));
    ranking.sort(BEST_FIRST);
    return ranking;
  }

  /** The best of a document's chunks: of each vector of the query, and of all of it. */
  private static final class Best {
    private final double[] each;
    private int doc;
    private double ofAll = Double.NEGATIVE_INFINITY;

    Best(int vectors) {
      each = new double[vectors];
      Arrays.fill(each, Double.NEGATIVE_INFINITY);
    }

    void add(int chunk, double[] near) {
      for (int i = 0; i < each.length; i++) {
        each[i] = Math.max(each[i], near[i]);
      }
      if (sum(near) > ofAll) {
        ofAll = sum(near);
        doc = chunk;
      }
    }
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** How near each document's vector is to each vector of the query, in the order of documents. */
  private Map<Integer, double[]> nearnesses(List<float[]> query, SortedSet<Integer> docs)
      throws IOException {
    Map<Integer, List<Integer>> byVector = new TreeMap<>();
    for (int doc : docs) {
      byVector.computeIfAbsent(same.first(doc), first -> new ArrayList<>()).add(doc);
    }
    Map<Integer, double[]> near = new TreeMap<>();
    List<LeafReaderContext> leaves = rows.reader().leaves();
    int leaf = -1;
    FloatVectorValues vectors = null;
    for (Map.Entry<Integer, List<Integer>> one : byVector.entrySet()) {
      int first = one.getKey();
      int its = ReaderUtil.subIndex(first, leaves);
      if (vectors == null || its != leaf) {
        leaf = its;
        vectors = leaves.get(leaf).reader().getFloatVectorValues(ChunkFields.EMBEDDING);
      }
      vectors.advance(first - leaves.get(leaf).docBase);
      float[] vector = vectors.vectorValue();
      double[] each = new double[query.size()];
      for (int i = 0; i < each.length; i++) {
        each[i] = 2.0 * nearness.compare(query.get(i), vector) - 1; // Lucene's are 0 to 1
      }
      one.getValue().forEach(doc -> near.put(doc, each));
    }
    return near;
  }

  /** The best chunk for one vector of a query need not be among the nearest of another one. */
  private void addAllOfTheirDocuments(SortedSet<Integer> docs) throws IOException {
    SortedSet<Integer> others = new TreeSet<>();
    for (int doc : docs) {
      String id = rows.id(doc);
      for (int i = doc - 1; i >= 0 && !others.contains(i) && rows.id(i).equals(id); i--) {
        others.add(i);
      }
      for (int i = doc + 1;
          i < rows.reader().maxDoc() && !others.contains(i) && rows.id(i).equals(id);
          i++) {
        others.add(i);
      }
    }
    docs.addAll(others);
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A query that keeps as many candidates in each graph as it is told. */
  private static final class Graphs extends KnnFloatVectorQuery {
    private final int width;

    Graphs(float[] vector, int hits, int width, @Nullable RowsQuery filter) {
      super(ChunkFields.EMBEDDING, vector, hits, filter);
      this.width = width;
    }

    @Override
    protected KnnCollectorManager getKnnCollectorManager(int hits, IndexSearcher searcher) {
      return (visits, leaf) -> new TopKnnCollector(Math.min(width, leaf.reader().maxDoc()), visits);
    }

    @Override
    public boolean equals(Object o) {
      return super.equals(o) && o instanceof Graphs other && width == other.width;
    }

    @Override
    public int hashCode() {
      return 31 * super.hashCode() + width;
    }
  }
}
