package dev.cairn.transforms.text;

import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Cuts texts into chunks that a model takes, for any pipeline. Input: texts by id; output: chunks
 * in the order of each text, none for a text without a token.
 *
 * <pre>{@code
 * PCollection<Chunk> chunks =
 *     texts.apply(ChunkText.with(model, new ChunkSettings(256, 0)));
 * }</pre>
 */
public final class ChunkText
    extends PTransform<PCollection<KV<String, String>>, PCollection<Chunk>> {
  private static final long serialVersionUID = 1L;

  private final ModelUse model;
  private final ChunkSettings settings;

  private ChunkText(ModelUse model, ChunkSettings settings) {
    this.model = model;
    this.settings = settings;
  }

  /** Cuts for {@code model} by {@code settings}. */
  public static ChunkText with(ModelUse model, ChunkSettings settings) {
    return new ChunkText(model, settings);
  }

  @Override
  public PCollection<Chunk> expand(PCollection<KV<String, String>> texts) {
    return texts.apply("CutText", ParDo.of(new CutTextFn(model, settings)));
  }

  static final class CutTextFn extends DoFn<KV<String, String>, Chunk> {
    private static final long serialVersionUID = 1L;

    private final ModelUse model;
    private final ChunkSettings settings;
    private transient @Nullable TextTokenizer tokenizer;

    CutTextFn(ModelUse model, ChunkSettings settings) {
      this.model = model;
      this.settings = settings;
    }

    @Setup
    public void open() throws IOException {
      tokenizer = TextTokenizer.open(model.files());
    }

    @Teardown
    public void close() {
      if (tokenizer != null) {
        tokenizer.close();
      }
    }

    @ProcessElement
    public void cut(@Element KV<String, String> document, OutputReceiver<Chunk> out) {
      TextTokenizer cutter = Objects.requireNonNull(tokenizer, "opened in setup");
      String text = document.getValue();
      new Chunker(document.getKey(), 0, 0, text, new TextTokens(cutter, text), settings, 0)
          .forEachRemaining(out::output);
    }
  }
}
