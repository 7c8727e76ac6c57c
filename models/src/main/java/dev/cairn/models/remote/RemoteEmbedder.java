package dev.cairn.models.remote;

import dev.cairn.io.store.http.Credentials;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.Embedder;
import dev.cairn.models.embed.Futures;
import dev.cairn.models.embed.InferenceException;
import dev.cairn.models.token.TextRefusedException;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Embeds by asking an endpoint. All embedders of a model in a JVM share its requests and its quota.
 *
 * <p>An endpoint computes, whoever asks: other than a pool of this machine, this does not find out
 * by itself what the vectors are, but has it from whoever asked first.
 */
public final class RemoteEmbedder implements Embedder {
  private final RemotePool pool;
  private final TextTokenizer tokenizer;
  private final ModelIdentity identity;
  private final AtomicBoolean closed = new AtomicBoolean();

  private RemoteEmbedder(RemotePool pool, TextTokenizer tokenizer, ModelIdentity identity) {
    this.pool = pool;
    this.tokenizer = tokenizer;
    this.identity = identity;
  }

  /**
   * A share in the requests to a model. Nothing is asked yet.
   *
   * @param tokenizer counts tokens; it stays the caller's
   * @param identity what the model's vectors are; an answer of another dimension is refused
   * @throws dev.cairn.models.UnsupportedModelException if the environment holds a token that is
   *     none
   */
  public static RemoteEmbedder open(
      RemotePlace place, TextTokenizer tokenizer, ModelIdentity identity, RemoteLimits limits)
      throws IOException {
    return open(place, tokenizer, identity, limits, RemoteKey.of(System.getenv()));
  }

  static RemoteEmbedder open(
      RemotePlace place,
      TextTokenizer tokenizer,
      ModelIdentity identity,
      RemoteLimits limits,
      Credentials key)
      throws IOException {
    RemotePool pool =
        RemotePool.lease(
            place, identity.dimension(), limits, () -> RemoteModel.of(place, limits, key));
    return new RemoteEmbedder(pool, tokenizer, identity);
  }

  @Override
  public CompletableFuture<float[]> submit(String text) {
    if (closed.get()) {
      throw new IllegalStateException("Cannot embed text: embedder is closed");
    }
    int tokens;
    try {
      tokens = tokenizer.encode(text, identity.maxTokens()).length;
    } catch (TextRefusedException e) {
      return CompletableFuture.failedFuture(e);
    }
    try {
      return pool.submit(text, tokens);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceException("Cannot embed text: interrupted while the queue was full", e);
    }
  }

  @Override
  public List<float[]> embed(List<String> texts) throws IOException {
    try {
      return Futures.all(texts, this::submit);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public int dimension() {
    return identity.dimension();
  }

  @Override
  public ModelIdentity identity() {
    return identity;
  }

  /** Gives this share back; the last one ends the requests. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      pool.release();
    }
  }
}
