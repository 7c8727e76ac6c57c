package dev.cairn.pipelines.search;

import dev.cairn.transforms.index.ChunkFields;
import dev.cairn.transforms.index.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.jspecify.annotations.Nullable;

/** The words of all chunks of a dataset, ranked by BM25. For one thread. */
final class KeywordIndex {
  private final Rows rows;
  private final IndexSearcher searcher;

  KeywordIndex(Rows rows) {
    this.rows = rows;
    this.searcher = new IndexSearcher(rows.reader());
    this.searcher.setSimilarity(new BM25Similarity());
  }

  /**
   * The chunks or documents that share most of a query's words; a document is as good as its best
   * chunk.
   *
   * @param filter rows that may be found, or null for all
   */
  List<Found> search(String text, @Nullable RowsQuery filter, boolean perDocument, int depth)
      throws IOException {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    int clauses = 0;
    for (String word : new LinkedHashSet<>(Words.of(text))) {
      if (clauses + 2 > IndexSearcher.getMaxClauseCount()) {
        break; // a query of a thousand different words has said what it is about
      }
      query.add(new TermQuery(new Term(ChunkFields.TEXT, word)), BooleanClause.Occur.SHOULD);
      query.add(new TermQuery(new Term(ChunkFields.TITLE, word)), BooleanClause.Occur.SHOULD);
      clauses += 2;
    }
    if (clauses == 0) {
      return List.of();
    }
    return perDocument || filter != null
        ? searcher.search(query.build(), new AllBest(filter, perDocument, depth))
        : best(query.build(), depth);
  }

  /** Lucene passes over what cannot be among the best. */
  private List<Found> best(Query query, int depth) throws IOException {
    List<Found> ranking = new ArrayList<>();
    for (ScoreDoc one :
        searcher.search(query, new TopScoreDocCollectorManager(depth, depth)).scoreDocs) {
      Place place = rows.place(one.doc);
      ranking.add(new Found(place, place, one.score));
    }
    return ranking;
  }

  /** One collector for all: the searcher has no threads of its own. */
  private final class AllBest implements CollectorManager<Best, List<Found>> {
    private final Best best;

    AllBest(@Nullable RowsQuery filter, boolean perDocument, int depth) {
      best = new Best(filter, perDocument, depth);
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

    private final @Nullable RowsQuery filter;
    private final boolean perDocument;
    private final int depth;
    private final PriorityQueue<Found> chunks = new PriorityQueue<>(WORST_FIRST);
    private final Map<Object, Found> documents = new HashMap<>();
    private @Nullable Scorable scorer;
    private @Nullable SortedDocValues ids;
    private int base;

    Best(@Nullable RowsQuery filter, boolean perDocument, int depth) {
      this.filter = filter;
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
      ids = DocValues.getSorted(context.reader(), ChunkFields.ID);
    }

    @Override
    public void setScorer(Scorable next) {
      scorer = next;
    }

    @Override
    public void collect(int doc) throws IOException {
      if (scorer == null || ids == null || (filter != null && !filter.has(base + doc))) {
        return;
      }
      Place place = rows.place(base + doc);
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
