package dev.cairn.pipelines;

import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.use.ModelAccess;
import dev.cairn.models.use.UsableModel;
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
  public static QueryVector of(TieredStore store, ModelAccess access, String model, String text)
      throws IOException {
    Models models = new Models(store, access);
    Models.Model found = models.find(model);
    int limit = found.spec().tokenLimit();
    try (UsableModel usable = models.open(found, limit)) {
      String query = found.spec().queryPrefix() + text;
      int tokens = usable.tokenizer().encode(query, limit).length;
      return new QueryVector(usable.embedder().embed(List.of(query)).get(0), model, tokens);
    }
  }
}
