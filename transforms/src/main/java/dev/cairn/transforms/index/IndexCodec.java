package dev.cairn.transforms.index;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own codec, which any Lucene of its major version reads, but for vectors longer than its
 * writer allows: the files are the same.
 */
final class IndexCodec extends Lucene912Codec {
  /** The largest models of the field have that many. */
  static final int MAX_DIMENSION = 4096;

  /** Of a vector to others: twice Lucene's own, for texts of which many are nearly the same. */
  private static final int CONNECTIONS = 32;

  /** Candidates for them: Lucene's own. */
  private static final int BEAM = Lucene99HnswVectorsFormat.DEFAULT_BEAM_WIDTH;

  private final KnnVectorsFormat vectors = new LongVectors();

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return vectors;
  }

  private static final class LongVectors extends KnnVectorsFormat {
    private final KnnVectorsFormat lucenes = new Lucene99HnswVectorsFormat(CONNECTIONS, BEAM);

    LongVectors() {
      super("Lucene99HnswVectorsFormat");
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return lucenes.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return lucenes.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return MAX_DIMENSION;
    }
  }
}
