package dev.cairn.transforms.embed;

import dev.cairn.models.embed.InferencePool;
import dev.cairn.transforms.text.Chunk;
import dev.cairn.transforms.text.ModelUse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Embeds chunks, for any pipeline. All workers of a JVM share one inference pool.
 *
 * <pre>{@code
 * PCollection<Embedding> vectors = chunks.apply(EmbedText.with(model, 256));
 * }</pre>
 */
public final class EmbedText extends PTransform<PCollection<Chunk>, PCollection<Embedding>> {
  private static final long serialVersionUID = 1L;

  private final ModelUse model;
  private final int maxTokens;

  private EmbedText(ModelUse model, int maxTokens) {
    this.model = model;
    this.maxTokens = maxTokens;
  }

  /**
   * Embeds with {@code model}.
   *
   * @param maxTokens of a chunk at most; a longer one fails the bundle
   */
  public static EmbedText with(ModelUse model, int maxTokens) {
    return new EmbedText(model, maxTokens);
  }

  @Override
  public PCollection<Embedding> expand(PCollection<Chunk> chunks) {
    return chunks.apply("EmbedChunks", ParDo.of(new EmbedChunksFn(model, maxTokens)));
  }

  static final class EmbedChunksFn extends DoFn<Chunk, Embedding> {
    private static final long serialVersionUID = 1L;

    private final ModelUse model;
    private final int maxTokens;
    private transient @Nullable InferencePool pool;

    EmbedChunksFn(ModelUse model, int maxTokens) {
      this.model = model;
      this.maxTokens = maxTokens;
    }

    @Setup
    public void open() throws IOException {
      pool = InferencePool.acquire(model.files(), maxTokens);
    }

    @Teardown
    public void close() {
      if (pool != null) {
        pool.close();
      }
    }

    @ProcessElement
    public void embed(@Element Chunk chunk, OutputReceiver<Embedding> out) {
      InferencePool vectors = Objects.requireNonNull(pool, "opened in setup");
      out.output(Embedding.of(chunk, vectors.embed(List.of(chunk.getText())).get(0)));
    }
  }
}
