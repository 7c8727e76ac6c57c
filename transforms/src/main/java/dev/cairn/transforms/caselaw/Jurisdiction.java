package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** The jurisdiction whose law applies, by the source's number and names. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Jurisdiction {

  @SchemaCreate
  static Jurisdiction of(@Nullable Long id, @Nullable String name, @Nullable String nameLong) {
    return new AutoValue_Jurisdiction(id, name, nameLong);
  }

  public abstract @Nullable Long getId();

  public abstract @Nullable String getName();

  public abstract @Nullable String getNameLong();
}
