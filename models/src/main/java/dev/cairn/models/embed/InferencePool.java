package dev.cairn.models.embed;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A share in the one inference pool that a JVM has for a model.
 *
 * <p>Each worker thread tokenizes a text, runs the model on one thread through DJL and ONNX
 * Runtime, and pools the output; so one caller that streams texts keeps every core busy. Safe for
 * use by many threads. Whoever acquired it closes it; the model is freed with the last share.
 *
 * <pre>{@code
 * try (InferencePool pool = InferencePool.acquire(files, 256)) {
 *   CompletableFuture<float[]> vector = pool.submit("some text");
 * }
 * }</pre>
 */
public final class InferencePool implements Embedder {

  private final SharedPool shared;
  private final int maxTokens;
  private final AtomicBoolean closed = new AtomicBoolean();

  private InferencePool(SharedPool shared, int maxTokens) {
    this.shared = shared;
    this.maxTokens = maxTokens;
  }

  /**
   * A share in the pool of this model, as wide as the processors when it is made now.
   *
   * @param maxTokens most tokens of a text, special ones counted
   * @throws IllegalArgumentException if {@code maxTokens} is not between 1 and the model's limit
   * @throws IOException if the files cannot be read
   * @throws InferenceException if the model cannot be loaded
   */
  public static InferencePool acquire(ModelFiles files, int maxTokens) throws IOException {
    return acquire(files, maxTokens, Runtime.getRuntime().availableProcessors());
  }

  /**
   * As {@link #acquire(ModelFiles, int)} with a width for the case that the pool is made now; a
   * pool that exists keeps its own.
   *
   * @param width worker threads, at least 1
   */
  public static InferencePool acquire(ModelFiles files, int maxTokens, int width)
      throws IOException {
    ModelIdentity.requireMaxTokens(files.spec(), maxTokens);
    if (width < 1) {
      throw new IllegalArgumentException("Cannot set pool width: " + width + " (at least 1)");
    }
    return new InferencePool(SharedPool.lease(files, width), maxTokens);
  }

  @Override
  public CompletableFuture<float[]> submit(String text) {
    requireOpen();
    return shared.submit(text, maxTokens);
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    return Futures.all(texts, this::submit);
  }

  @Override
  public int dimension() {
    return shared.spec().dimension();
  }

  /** Worker threads of the pool behind this share. */
  public int width() {
    return shared.width();
  }

  /** The first call on a pool embeds eight fixed texts. */
  @Override
  public ModelIdentity identity() {
    requireOpen();
    return ModelIdentity.of(shared.spec(), maxTokens, shared.numerics());
  }

  /**
   * Gives this share back. The last one waits for the texts that are queued, then frees the model;
   * their futures complete as usual.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.release();
    }
  }

  private void requireOpen() {
    if (closed.get()) {
      throw new IllegalStateException("Cannot embed text: pool is closed");
    }
  }
}
