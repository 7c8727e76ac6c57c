package dev.cairn.transforms.convert;

import com.google.auto.value.AutoValue;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.transforms.record.InputFile;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A file to be looked at or converted: what one task does. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class TableTask {

  /** A task; see the accessors. */
  @SchemaCreate
  public static TableTask of(String key, String path, String cid, long bytes, String table) {
    return new AutoValue_TableTask(key, path, cid, bytes, table);
  }

  /** Names the result: the action under which it is kept. */
  public abstract String getKey();

  /** The file's path below the input root. */
  public abstract String getPath();

  public abstract String getCid();

  /** Bytes of the file: what the work is in proportion to. */
  public abstract long getBytes();

  /** The table that the file is part of: its folder. */
  public abstract String getTable();

  InputFile file() throws MalformedContentException {
    return new InputFile(getPath(), Cid.parse(getCid()), getBytes());
  }
}
