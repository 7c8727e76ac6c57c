package dev.cairn.pipelines.search;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Rows that were found by other means, as a filter of Lucene's. */
final class RowsQuery extends Query {
  private final FixedBitSet rows;

  /**
   * A filter.
   *
   * @param matching rows of each file
   */
  RowsQuery(List<BitSet> matching, Rows all) {
    rows = new FixedBitSet(all.reader().maxDoc());
    for (int file = 0; file < all.starts().length; file++) {
      int start = all.starts()[file];
      matching.get(file).stream().forEach(row -> rows.set(start + row));
    }
  }

  private RowsQuery(FixedBitSet rows) {
    this.rows = rows;
  }

  /** A filter that graphs understand, which have each vector once. */
  RowsQuery forGraphs(SameVectors same) throws IOException {
    return new RowsQuery(same.withFirsts(rows));
  }

  /** True if a document may be found. */
  boolean has(int doc) {
    return rows.get(doc);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost) {
    return new ConstantScoreWeight(this, boost) {
      @Override
      public Scorer scorer(LeafReaderContext leaf) {
        FixedBitSet its = new FixedBitSet(leaf.reader().maxDoc());
        for (int i = 0; i < its.length(); i++) {
          if (rows.get(leaf.docBase + i)) {
            its.set(i);
          }
        }
        BitSetIterator found = new BitSetIterator(its, its.cardinality());
        return new ConstantScoreScorer(this, score(), mode, found);
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  @Override
  public String toString(String field) {
    return "rows";
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof RowsQuery other && rows.equals(other.rows);
  }

  @Override
  public int hashCode() {
    return Objects.hash(classHash(), rows);
  }
}
