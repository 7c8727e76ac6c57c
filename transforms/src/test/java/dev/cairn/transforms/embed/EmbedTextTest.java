package dev.cairn.transforms.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.models.embed.InferencePool;
import dev.cairn.transforms.text.Chunk;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.ChunkText;
import dev.cairn.transforms.text.ModelUse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedTextTest {
  @TempDir Path cache;

  @Test
  void embedsPlainTextsInAnyonesPipeline() throws IOException {
    ModelUse model = new ModelUse("builtin:all-MiniLM-L6-v2", cache.toString());
    String text = "The carrier must answer for the goods.";
    float[] expected;
    try (InferencePool pool = InferencePool.acquire(model.files(), 128)) {
      expected = pool.embed(List.of(text)).get(0);
    }
    TestPipeline pipeline = TestPipeline.create().enableAbandonedNodeEnforcement(false);
    PCollection<Embedding> vectors =
        pipeline
            .apply(Create.of(KV.of("a", text), KV.of("empty", " ")))
            .apply(ChunkText.with(model, new ChunkSettings(128, 0)))
            .apply(EmbedText.with(model, 128));
    Chunk chunk = Chunk.of("a", 0, 0, 0, text.length(), 10, text);
    PAssert.that(vectors).containsInAnyOrder(Embedding.of(chunk, expected));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void codesEmbeddings() throws Exception {
    Chunk chunk = Chunk.of("id", 1, 2, 3, 4, 5, "text \ud83d\ude00");
    Embedding embedding = Embedding.of(chunk, new float[] {1.5f, -0f, Float.MIN_VALUE});
    CoderProperties.coderDecodeEncodeEqual(EmbeddingCoder.of(), embedding);
    CoderProperties.coderDeterministic(EmbeddingCoder.of(), embedding, embedding);
    assertThat(embedding).hasSameHashCodeAs(Embedding.of(chunk, embedding.vector().clone()));
  }
}
