package dev.cairn.transforms.record;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A run of files in a listing: what one task plans. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class FileBatch {

  /** A batch; see the accessors. */
  @SchemaCreate
  public static FileBatch of(
      String key,
      String listing,
      long offset,
      int files,
      long bytes,
      String first,
      List<String> earlier) {
    return new AutoValue_FileBatch(key, listing, offset, files, bytes, first, earlier);
  }

  /** Names the batch's plan: a digest of the reader's version and of its files' paths and CIDs. */
  public abstract String getKey();

  /** The CID of the listing, an object in the store. */
  public abstract String getListing();

  /** Where the batch starts in the listing, in bytes. */
  public abstract long getOffset();

  /** How many files it has. */
  public abstract int getFiles();

  /** Bytes of its files: what the work is in proportion to. */
  public abstract long getBytes();

  /** The path of its first file. */
  public abstract String getFirst();

  /** Keys of batches of an earlier run that may have planned some of its files. */
  public abstract List<String> getEarlier();
}
