package dev.cairn.pipelines.search;

import dev.cairn.transforms.index.ChunkFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.FixedBitSet;

/** Which documents of an index have the same vector: it is in a graph once. For one thread. */
final class SameVectors {
  private final List<LeafReaderContext> leaves;

  SameVectors(IndexReader reader) {
    this.leaves = reader.leaves();
  }

  /** The document that has the vector of this one in the graph, often itself. */
  int first(int doc) throws IOException {
    LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
    NumericDocValues firsts = leaf.reader().getNumericDocValues(ChunkFields.SAME);
    return firsts != null && firsts.advanceExact(doc - leaf.docBase)
        ? leaf.docBase + (int) firsts.longValue()
        : doc;
  }

  /** The other documents that have the vectors of these. */
  List<Integer> others(Collection<Integer> docs) throws IOException {
    List<Integer> others = new ArrayList<>();
    for (int doc : docs) {
      LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
      PostingsEnum same =
          leaf.reader()
              .postings(
                  new Term(ChunkFields.SAME, ChunkFields.sameAs(doc - leaf.docBase)),
                  PostingsEnum.NONE);
      while (same != null && same.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        others.add(leaf.docBase + same.docID());
      }
    }
    return others;
  }

  /** Rows, and the documents that have their vectors in the graph. */
  FixedBitSet withFirsts(FixedBitSet rows) throws IOException {
    FixedBitSet all = rows.clone();
    for (LeafReaderContext leaf : leaves) {
      NumericDocValues firsts = leaf.reader().getNumericDocValues(ChunkFields.SAME);
      while (firsts != null && firsts.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
        if (rows.get(leaf.docBase + firsts.docID())) {
          all.set(leaf.docBase + (int) firsts.longValue());
        }
      }
    }
    return all;
  }
}
