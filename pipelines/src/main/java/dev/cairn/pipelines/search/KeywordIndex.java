package dev.cairn.pipelines.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** The words of all chunks of a dataset: BM25 over the indexes of its files. For one thread. */
final class KeywordIndex implements Closeable {
  private final MultiReader reader;
  private final IndexSearcher searcher;
  private final int[] starts;

  private KeywordIndex(MultiReader reader, int[] starts) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.searcher.setSimilarity(new BM25Similarity());
    this.starts = starts;
  }

  /** Opens the indexes of files, in their order. */
  static KeywordIndex open(List<Path> indexes) throws IOException {
    List<IndexReader> readers = new ArrayList<>();
    try {
      int[] starts = new int[indexes.size()];
      int start = 0;
      for (int i = 0; i < starts.length; i++) {
        IndexReader reader = DirectoryReader.open(FSDirectory.open(indexes.get(i)));
        readers.add(reader);
        starts[i] = start;
        start += reader.maxDoc();
      }
      return new KeywordIndex(new MultiReader(readers.toArray(IndexReader[]::new), true), starts);
    } catch (IOException | RuntimeException e) {
      for (IndexReader reader : readers) {
        reader.close();
      }
      throw e;
    }
  }

  /**
   * The chunks or documents that share most of a query's words; a document is as good as its best
   * chunk.
   *
   * @param matching rows of each file that may be found, or null for all
   */
  List<Found> search(String text, @Nullable List<BitSet> matching, boolean perDocument, int depth)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    int clauses = 0;
    for (String word : new LinkedHashSet<>(Words.of(text))) {
      if (clauses + 2 > IndexSearcher.getMaxClauseCount()) {
        break; // a query of a thousand different words has said what it is about
      }
      query.add(new TermQuery(new Term(KeywordFiles.TEXT, word)), BooleanClause.Occur.SHOULD);
      query.add(new TermQuery(new Term(KeywordFiles.TITLE, word)), BooleanClause.Occur.SHOULD);
      clauses += 2;
    }
    return clauses == 0
        ? List.of()
        : searcher.search(query.build(), new AllBest(matching, perDocument, depth));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** One collector for all: the searcher has no threads of its own. */
  private final class AllBest implements CollectorManager<Best, List<Found>> {
    private final Best best;

    AllBest(@Nullable List<BitSet> matching, boolean perDocument, int depth) {
      best = new Best(matching, perDocument, depth);
    }

    @Override
    public Best newCollector() {
      return best;
    }

    @Override
    public List<Found> reduce(Collection<Best> collectors) {
      return best.ranking();
    }
  }

  /** Keeps the best that may be found. */
  private final class Best extends SimpleCollector {
    private static final Comparator<Found> WORST_FIRST =
        Comparator.comparingDouble(Found::score)
            .thenComparing(Found::place, Comparator.reverseOrder());

    private final @Nullable List<BitSet> matching;
    private final boolean perDocument;
    private final int depth;
    private final PriorityQueue<Found> chunks = new PriorityQueue<>(WORST_FIRST);
    private final Map<Object, Found> documents = new HashMap<>();
    private @Nullable Scorable scorer;
    private @Nullable SortedDocValues ids;
    private int base;

    Best(@Nullable List<BitSet> matching, boolean perDocument, int depth) {
      this.matching = matching;
      this.perDocument = perDocument;
      this.depth = depth;
    }

    @Override
    public ScoreMode scoreMode() {
      return ScoreMode.COMPLETE;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) throws IOException {
      base = context.docBase;
      ids = DocValues.getSorted(context.reader(), KeywordFiles.ID);
    }

    @Override
    public void setScorer(Scorable next) {
      scorer = next;
    }

    @Override
    public void collect(int doc) throws IOException {
      int file = ReaderUtil.subIndex(base + doc, starts);
      int row = base + doc - starts[file];
      if (scorer == null || ids == null || (matching != null && !matching.get(file).get(row))) {
        return;
      }
      Place place = new Place(file, row);
      double score = scorer.score();
      if (perDocument) {
        ids.advanceExact(doc);
        String id = ids.lookupOrd(ids.ordValue()).utf8ToString();
        documents.merge(id, new Found(id, place, score), (a, b) -> b.score() > a.score() ? b : a);
      } else {
        add(new Found(place, place, score));
      }
    }

    private void add(Found found) {
      Found worst = chunks.peek();
      if (chunks.size() < depth) {
        chunks.add(found);
      } else if (worst != null && WORST_FIRST.compare(found, worst) > 0) {
        chunks.poll();
        chunks.add(found);
      }
    }

    List<Found> ranking() {
      documents.values().forEach(this::add);
      List<Found> ranking = new ArrayList<>(chunks);
      ranking.sort(WORST_FIRST.reversed());
      return ranking;
    }
  }
}
