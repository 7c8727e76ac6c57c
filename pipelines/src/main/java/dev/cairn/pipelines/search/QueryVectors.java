package dev.cairn.pipelines.search;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.TextTokens;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Vectors of queries by the model of a dataset. A long query is cut as documents are. */
final class QueryVectors implements Closeable {
  private final TextTokenizer tokenizer;
  private final InferencePool pool;
  private final String prefix;
  private final ChunkSettings chunks;

  private QueryVectors(
      TextTokenizer tokenizer, InferencePool pool, String prefix, ChunkSettings chunks) {
    this.tokenizer = tokenizer;
    this.pool = pool;
    this.prefix = prefix;
    this.chunks = chunks;
  }

  /** Loads a dataset's model. */
  static QueryVectors open(ModelFiles files, ModelIdentity identity) throws IOException {
    TextTokenizer tokenizer = TextTokenizer.open(files);
    try {
      InferencePool pool = InferencePool.acquire(files, identity.maxTokens());
      return new QueryVectors(
          tokenizer, pool, identity.queryPrefix(), new ChunkSettings(identity.maxTokens(), 0));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * The vectors of a query, at least one.
   *
   * @throws SearchException if there is no token in it
   */
  List<float[]> of(String text) {
    int context = prefix.isEmpty() ? 0 : new TextTokens(tokenizer, "").count(prefix);
    List<String> texts = new ArrayList<>();
    new Chunker("query", 0, 0, text, new TextTokens(tokenizer, text), chunks, context)
        .forEachRemaining(chunk -> texts.add(prefix + chunk.getText()));
    if (texts.isEmpty()) {
      throw new SearchException("Cannot search: no word in the query (at least one)");
    }
    return pool.embed(texts);
  }

  @Override
  public void close() {
    pool.close();
    tokenizer.close();
  }
}
