package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** A citation found in the text of a case. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class CitedCase {

  @SchemaCreate
  static CitedCase of(
      @Nullable String cite,
      @Nullable String category,
      @Nullable String reporter,
      @Nullable Integer year) {
    return new AutoValue_CitedCase(cite, category, reporter, year);
  }

  public abstract @Nullable String getCite();

  public abstract @Nullable String getCategory();

  public abstract @Nullable String getReporter();

  public abstract @Nullable Integer getYear();
}
