package dev.cairn.pipelines;

import dev.cairn.io.store.LocalStore;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.util.List;

/**
 * The vector of a text that is searched for.
 *
 * @param vector of norm 1
 * @param model the model's reference
 * @param tokens that the model read, special ones included
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QueryVector(float[] vector, String model, int tokens) {

  /**
   * Embeds one text.
   *
   * @throws dev.cairn.models.token.TextRefusedException if it is longer than the model takes
   */
  public static QueryVector of(LocalStore store, String model, String text) throws IOException {
    ModelRef ref = ModelRef.parse(model);
    ModelFiles files = ModelFiles.of(ref, store.cacheFolder());
    int limit = ref.spec().tokenLimit();
    try (TextTokenizer tokenizer = TextTokenizer.open(files);
        InferencePool pool = InferencePool.acquire(files, limit)) {
      int tokens = tokenizer.encode(text, limit).length;
      return new QueryVector(pool.embed(List.of(text)).get(0), model, tokens);
    }
  }
}
