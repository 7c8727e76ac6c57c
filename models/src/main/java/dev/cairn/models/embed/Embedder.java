package dev.cairn.models.embed;

import dev.cairn.models.ModelIdentity;
import java.util.List;

/** Texts in, vectors out, in order. Implementations are safe for use by many threads. */
public interface Embedder extends AutoCloseable {

  /**
   * The vectors of texts, one each in the texts' order, each of {@link #dimension} floats and
   * length 1. A text's vector does not depend on the other texts.
   *
   * @throws dev.cairn.models.token.TextRefusedException for the first text, in order, that cannot
   *     be embedded
   * @throws InferenceException if the model fails
   */
  List<float[]> embed(List<String> texts);

  /** Floats in a vector. */
  int dimension();

  /** What the vectors are, down to their bits. */
  ModelIdentity identity();

  /** Gives the resources back. Closing twice is harmless. */
  @Override
  void close();
}
