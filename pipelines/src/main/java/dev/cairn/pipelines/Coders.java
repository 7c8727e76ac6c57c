package dev.cairn.pipelines;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.schemas.NoSuchSchemaException;

/** The coders of tasks: their Beam schemas'. */
final class Coders {
  private Coders() {}

  static <T> Coder<T> of(Pipeline pipeline, Class<T> type) {
    try {
      return pipeline.getSchemaRegistry().getSchemaCoder(type);
    } catch (NoSuchSchemaException e) {
      throw new IllegalStateException("Cannot code " + type + " (a type with a schema)", e);
    }
  }
}
