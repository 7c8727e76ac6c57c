package dev.cairn.transforms.index;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.format.ParquetTableReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.SegmentCommitInfo;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/** Indexes files of chunks. Rows keep their order. Thread-safe. */
public final class ChunkSegments {
  /**
   * Rows of a segment: its vectors are held in memory while its graph grows. Hundred megabytes of
   * 384 floats each.
   */
  static final int MAX_ROWS = 65_536;

  /** Never reached by so many rows: a segment must not end where memory happens to. */
  private static final double BUFFER_MEGABYTES = 1900;

  private ChunkSegments() {}

  /**
   * Indexes the words of a file of chunks.
   *
   * @param chunks closed by this
   * @param target an empty folder, which gets an index of Lucene's
   */
  public static void words(SeekableByteChannel chunks, Directory target) throws IOException {
    try (IndexWriter writer = new IndexWriter(target, config().setUseCompoundFile(true));
        ParquetTableReader rows = ParquetTableReader.open(chunks, ChunkFields.wordColumns())) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        writer.addDocument(ChunkFields.words(row));
      }
      writer.commit();
    }
  }

  /** Opens a file of chunks. */
  @FunctionalInterface
  interface Chunks {
    SeekableByteChannel open() throws IOException;
  }

  /**
   * Indexes the words and vectors of files of chunks, reproducibly.
   *
   * @param files in their order
   * @param nearness by which vectors are compared
   * @param content names what is in the files
   * @param work an empty folder for what is needed meanwhile
   * @param target gets the files of the segments
   * @return the segments in their order
   */
  static List<Segment> write(
      List<Chunks> files,
      int dimension,
      VectorSimilarityFunction nearness,
      String content,
      Directory work,
      Directory target)
      throws IOException {
    IndexWriterConfig config =
        config()
            .setUseCompoundFile(false)
            .setCodec(new IndexCodec())
            .setRAMBufferSizeMB(BUFFER_MEGABYTES);
    try (IndexWriter writer = new IndexWriter(work, config)) {
      Map<Cid, Integer> firsts = new HashMap<>();
      int count = 0;
      for (Chunks file : files) {
        try (ParquetTableReader rows =
            ParquetTableReader.open(file.open(), ChunkFields.allColumns(dimension))) {
          for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            Integer first = firsts.putIfAbsent(digest(ChunkFields.vector(row)), count);
            writer.addDocument(
                first == null ? ChunkFields.all(row, nearness) : ChunkFields.like(row, first));
            if (++count == MAX_ROWS) {
              writer.flush();
              firsts.clear();
              count = 0;
            }
          }
        }
      }
      writer.commit();
    }
    List<Segment> segments = new ArrayList<>();
    for (SegmentCommitInfo made : SegmentInfos.readLatestCommit(work)) {
      String name = SameSegment.nameOf(content + " " + segments.size());
      List<String> its = SameSegment.write(made.info, work, name, target);
      segments.add(new Segment(name, made.info.maxDoc(), its));
    }
    return segments;
  }

  private static IndexWriterConfig config() {
    return new IndexWriterConfig(Words.ANALYZER)
        .setMergePolicy(NoMergePolicy.INSTANCE); // rows stay in their order
  }

  private static Cid digest(float[] vector) {
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length);
    bytes.asFloatBuffer().put(vector);
    return Cid.hashOf(Codec.RAW, bytes.array());
  }

  /**
   * A segment.
   *
   * @param name by which its files are called
   * @param rows of it
   * @param files of it
   */
  record Segment(String name, int rows, List<String> files) {}
}
