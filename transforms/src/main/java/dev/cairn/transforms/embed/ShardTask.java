package dev.cairn.transforms.embed;

import com.google.auto.value.AutoValue;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A shard to compute: a run of addresses in the plan. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ShardTask {

  /** A task; see the accessors. */
  @SchemaCreate
  public static ShardTask of(
      String key, String plan, long offset, int records, long textBytes, List<String> earlier) {
    return new AutoValue_ShardTask(key, plan, offset, records, textBytes, earlier);
  }

  /** The shard's action key. */
  public abstract String getKey();

  /** The CID of the plan, an object in the store. */
  public abstract String getPlan();

  /** Where the shard's addresses start in the plan, in bytes. */
  public abstract long getOffset();

  /** How many addresses it has. */
  public abstract int getRecords();

  /** About how many bytes of text: what the work is in proportion to. */
  public abstract long getTextBytes();

  /**
   * CIDs of an earlier dataset's chunks of these keys, in key order: where the same text is
   * embedded, their vectors are taken.
   */
  public abstract List<String> getEarlier();
}
