package dev.cairn.models.embed;

import dev.cairn.models.ModelIdentity;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Texts in, vectors out, in order. Implementations are safe for use by many threads. */
public interface Embedder extends AutoCloseable {

  /**
   * The vectors of texts, one each in the texts' order, each of {@link #dimension} floats and
   * length 1. A text's vector does not depend on the other texts.
   *
   * @throws dev.cairn.models.token.TextRefusedException for the first text, in order, that cannot
   *     be embedded
   * @throws InferenceException if the model fails
   * @throws IOException if the model is asked over HTTP, and its endpoint fails
   */
  List<float[]> embed(List<String> texts) throws IOException;

  /**
   * Queues one text; blocks while the queue is full. The future completes with the vector, or with
   * what {@link #embed} throws, or the {@link java.io.IOException} that an endpoint failed with;
   * what is chained to it runs on a worker, must be short and must not submit.
   *
   * @throws IllegalStateException if this is closed
   * @throws InferenceException if the thread is interrupted while it waits; it stays interrupted
   */
  CompletableFuture<float[]> submit(String text);

  /** Floats in a vector. */
  int dimension();

  /** What the vectors are, down to their bits. */
  ModelIdentity identity();

  /** Gives the resources back. Closing twice is harmless. */
  @Override
  void close();
}
