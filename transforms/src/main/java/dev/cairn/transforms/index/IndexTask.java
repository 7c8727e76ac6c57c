package dev.cairn.transforms.index;

import com.google.auto.value.AutoValue;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DataFile;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.apache.lucene.index.VectorSimilarityFunction;

/** Files of chunks to index together: a shard, or several that follow each other. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class IndexTask {
  /** Raised whenever the same chunks would give other bytes: also by a new version of Lucene. */
  public static final int FORMAT = 1;

  /** A task; see the accessors. */
  @SchemaCreate
  public static IndexTask of(String key, List<String> chunks, long bytes) {
    return new AutoValue_IndexTask(key, chunks, bytes);
  }

  /**
   * The task of files.
   *
   * @param nearness by which their vectors are compared
   */
  public static IndexTask of(List<DataFile> files, VectorSimilarityFunction nearness) {
    ActionKey key = ActionKey.of("segment").part(String.valueOf(FORMAT)).part(nearness.name());
    List<String> chunks = files.stream().map(file -> file.cid().toString()).toList();
    chunks.forEach(key::part);
    long bytes = files.stream().mapToLong(DataFile::bytes).sum();
    return of("segment-" + key.hex(), chunks, bytes);
  }

  /** The action under which the segments are kept; it names all that reaches their bytes. */
  public abstract String getKey();

  /** The CIDs of the files in their order. */
  public abstract List<String> getChunks();

  /** Bytes of the files: what the work is in proportion to. */
  public abstract long getBytes();
}
