package dev.cairn.models.embed;

import dev.cairn.models.token.TextRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Waiting for a vector with its own failure, not one that is wrapped by the future. */
public final class Futures {

  private Futures() {}

  /**
   * The vectors of texts, in their order. All are handed in before one is waited for.
   *
   * @throws UncheckedIOException if an endpoint failed
   */
  public static List<float[]> all(
      List<String> texts, Function<String, CompletableFuture<float[]>> embedder) {
    List<CompletableFuture<float[]>> vectors = texts.stream().map(embedder).toList();
    return vectors.stream().map(Futures::get).toList();
  }

  /**
   * The vector.
   *
   * @throws UncheckedIOException if an endpoint failed
   */
  public static float[] get(CompletableFuture<float[]> vector) {
    try {
      return vector.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof TextRefusedException refused) {
        throw refused;
      }
      if (e.getCause() instanceof InferenceException failed) {
        throw failed;
      }
      if (e.getCause() instanceof IOException failed) {
        throw new UncheckedIOException(failed);
      }
      throw new InferenceException("Cannot run model on a text", e);
    }
  }
}
