package dev.cairn.pipelines.search;

import dev.cairn.models.ModelIdentity;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.models.use.UsableModel;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.TextTokens;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Vectors of queries by the model of a dataset. A long query is cut as documents are. */
final class QueryVectors implements Closeable {
  private final UsableModel model;
  private final String prefix;
  private final ChunkSettings chunks;

  /**
   * Vectors by a dataset's model.
   *
   * @param model closed with this
   */
  QueryVectors(UsableModel model, ModelIdentity identity) {
    this.model = model;
    this.prefix = identity.queryPrefix();
    this.chunks = new ChunkSettings(identity.maxTokens(), 0);
  }

  /**
   * The vectors of a query, at least one.
   *
   * @throws SearchException if there is no token in it
   */
  List<float[]> of(String text) throws IOException {
    TextTokenizer tokenizer = model.tokenizer();
    int context = prefix.isEmpty() ? 0 : new TextTokens(tokenizer, "").count(prefix);
    List<String> texts = new ArrayList<>();
    new Chunker("query", 0, 0, text, new TextTokens(tokenizer, text), chunks, context)
        .forEachRemaining(chunk -> texts.add(prefix + chunk.getText()));
    if (texts.isEmpty()) {
      throw new SearchException("Cannot search: no word in the query (at least one)");
    }
    return model.embedder().embed(texts);
  }

  @Override
  public void close() {
    model.close();
  }
}
