package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** The court that decided, by the source's number and names. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Court {

  @SchemaCreate
  static Court of(@Nullable Long id, @Nullable String name, @Nullable String nameAbbreviation) {
    return new AutoValue_Court(id, name, nameAbbreviation);
  }

  public abstract @Nullable Long getId();

  public abstract @Nullable String getName();

  public abstract @Nullable String getNameAbbreviation();
}
