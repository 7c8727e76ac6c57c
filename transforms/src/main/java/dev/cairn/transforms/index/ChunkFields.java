package dev.cairn.transforms.index;

import dev.cairn.io.table.ColumnType;
import dev.cairn.io.table.TableSchema;
import java.util.Objects;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * What an index has of a chunk. The number of its row is the number of its document, so that the
 * text itself is not in the index.
 */
public final class ChunkFields {
  /** The document's id, as doc values. */
  public static final String ID = "id";

  /** The words of the text. */
  public static final String TEXT = "text";

  /** The words of the title, where there is one. */
  public static final String TITLE = "title";

  /** The vector. */
  public static final String EMBEDDING = "embedding";

  /**
   * The number of the segment's first document with the same vector, as a term and as doc values,
   * where that is another one. A vector is in the graph once: equal ones would know only each other
   * (measured: docs/search.md).
   */
  public static final String SAME = "same";

  private static final FieldType WORDS = new FieldType();

  static {
    WORDS.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    WORDS.setTokenized(true);
    WORDS.freeze();
  }

  private ChunkFields() {}

  /** The columns that {@link #words} needs. */
  static TableSchema wordColumns() {
    return columns().build();
  }

  /** The columns that {@link #all} needs. */
  static TableSchema allColumns(int dimension) {
    return columns().column(EMBEDDING, ColumnType.vector(dimension), true).build();
  }

  private static TableSchema.Builder columns() {
    return TableSchema.builder()
        .column(ID, ColumnType.string(), true)
        .column(TEXT, ColumnType.string(), true)
        .column(TITLE, ColumnType.string(), false);
  }

  /** A chunk by its words only. */
  static Document words(@Nullable Object[] row) {
    Document document = new Document();
    document.add(new SortedDocValuesField(ID, new BytesRef(String.valueOf(row[0]))));
    document.add(new Field(TEXT, String.valueOf(row[1]), WORDS));
    if (row[2] != null) {
      document.add(new Field(TITLE, row[2].toString(), WORDS));
    }
    return document;
  }

  /** A chunk by its words and its vector. */
  static Document all(@Nullable Object[] row, VectorSimilarityFunction nearness) {
    Document document = words(row);
    document.add(new KnnFloatVectorField(EMBEDDING, vector(row), nearness));
    return document;
  }

  /** A chunk by its words, whose vector another one of the segment has. */
  static Document like(@Nullable Object[] row, int first) {
    Document document = words(row);
    document.add(new NumericDocValuesField(SAME, first));
    document.add(new StringField(SAME, sameAs(first), Field.Store.NO));
    return document;
  }

  /** The term of {@link #SAME} that all documents have whose vector is that of {@code first}. */
  public static String sameAs(int first) {
    return Integer.toString(first);
  }

  static float[] vector(@Nullable Object[] row) {
    return (float[]) Objects.requireNonNull(row[3]);
  }
}
