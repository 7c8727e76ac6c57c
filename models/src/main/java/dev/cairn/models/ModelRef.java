package dev.cairn.models;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a model comes from. A reference is a way to find a model, not what it is: two references to
 * the same bytes have the same {@link ModelIdentity}.
 *
 * <p>Supported now: {@code builtin:NAME}, whose bytes come from a Maven artifact.
 */
public final class ModelRef {

  private static final String BUILTIN = "builtin:";

  private final BuiltinModel builtin;

  private ModelRef(BuiltinModel builtin) {
    this.builtin = builtin;
  }

  /**
   * Reads a reference. Nothing is opened.
   *
   * @throws UnsupportedModelException if the reference is of another kind or names an unknown model
   */
  public static ModelRef parse(String reference) {
    if (!reference.startsWith(BUILTIN)) {
      throw new UnsupportedModelException(reference, "supported now: " + BuiltinModel.references());
    }
    return BuiltinModel.find(reference.substring(BUILTIN.length()))
        .map(ModelRef::new)
        .orElseThrow(
            () ->
                new UnsupportedModelException(
                    reference, "builtin models: " + BuiltinModel.references()));
  }

  /** The builtin model of an identity, whatever machine that is of; empty if it is none. */
  public static Optional<ModelRef> builtin(ModelIdentity identity) {
    return BuiltinModel.of(identity).map(ModelRef::new);
  }

  /** What the model is, known without touching a file: its digests are pinned in code. */
  public ModelSpec spec() {
    return builtin.spec();
  }

  BuiltinModel builtin() {
    return builtin;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelRef ref && builtin.equals(ref.builtin);
  }

  @Override
  public int hashCode() {
    return Objects.hash(builtin);
  }

  /** The reference in the form that {@link #parse} reads. */
  @Override
  public String toString() {
    return BUILTIN + builtin.modelName();
  }
}
