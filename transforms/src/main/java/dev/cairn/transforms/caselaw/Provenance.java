package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** Where the source has the case from. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Provenance {

  @SchemaCreate
  static Provenance of(
      @Nullable String dateAdded, @Nullable String source, @Nullable String batch) {
    return new AutoValue_Provenance(dateAdded, source, batch);
  }

  public abstract @Nullable String getDateAdded();

  public abstract @Nullable String getSource();

  public abstract @Nullable String getBatch();
}
