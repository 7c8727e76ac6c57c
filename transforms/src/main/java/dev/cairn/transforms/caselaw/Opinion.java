package dev.cairn.transforms.caselaw;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;
import org.jspecify.annotations.Nullable;

/** One opinion of a case: its text, type (majority, dissent, ...) and author. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Opinion {

  @SchemaCreate
  static Opinion of(String text, @Nullable String type, @Nullable String author) {
    return new AutoValue_Opinion(text, type, author);
  }

  public abstract String getText();

  public abstract @Nullable String getType();

  public abstract @Nullable String getAuthor();
}
