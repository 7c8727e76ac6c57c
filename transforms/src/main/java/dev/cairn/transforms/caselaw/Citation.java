package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** One way to cite a case, such as {@code 5 U.S. 137}, with its type (official, parallel, ...). */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Citation {

  @SchemaCreate
  static Citation of(@Nullable String type, @Nullable String cite) {
    return new AutoValue_Citation(type, cite);
  }

  public abstract @Nullable String getType();

  public abstract @Nullable String getCite();
}
