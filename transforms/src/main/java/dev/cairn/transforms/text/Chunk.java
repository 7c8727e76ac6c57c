package dev.cairn.transforms.text;

import com.google.auto.value.AutoValue;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A span of a document's text, small enough for the model. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class Chunk {

  /** A chunk; see the accessors. */
  @SchemaCreate
  public static Chunk of(
      String id, int part, int chunk, int charStart, int charEnd, int tokenCount, String text) {
    return new AutoValue_Chunk(id, part, chunk, charStart, charEnd, tokenCount, text);
  }

  /** The document's id. */
  public abstract String getId();

  /** The part it lies in, from 0. */
  public abstract int getPart();

  /** Its place among the chunks of its part, from 0. */
  public abstract int getChunk();

  /** Where it starts in the document's text, in Unicode code points. */
  public abstract int getCharStart();

  /** Where it ends, exclusive, in Unicode code points. */
  public abstract int getCharEnd();

  /** Tokens that the model reads for it, special ones and context included. */
  public abstract int getTokenCount();

  /** The span itself. */
  public abstract String getText();
}
