package dev.cairn.models.use;

import dev.cairn.io.block.BlockStore;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.Embedder;
import dev.cairn.models.embed.InferencePool;
import dev.cairn.models.remote.RemoteEmbedder;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.models.token.TextTokenizer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model's tokenizer and its embedder. Safe for use by several threads; closing gives both back.
 */
public final class UsableModel implements Closeable {
  /** The tokenizer that counts for models whose own is out of reach. */
  private static final String COUNTS = "builtin:all-MiniLM-L6-v2-q";

  private final TextTokenizer tokenizer;
  private final Embedder embedder;

  private UsableModel(TextTokenizer tokenizer, Embedder embedder) {
    this.tokenizer = tokenizer;
    this.embedder = embedder;
  }

  /**
   * A model of files.
   *
   * @param maxTokens of a text at most
   */
  public static UsableModel of(ModelFiles files, int maxTokens) throws IOException {
    TextTokenizer tokenizer = TextTokenizer.open(files);
    try {
      return new UsableModel(tokenizer, InferencePool.acquire(files, maxTokens));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Any model that is builtin, in a store or behind an endpoint.
   *
   * @param identity what the model was found to be: taken from one of files are its tokens alone,
   *     an endpoint's is believed (see {@link RemoteEmbedder})
   * @param cacheFolder for its files
   * @param blocks the store
   */
  public static UsableModel open(
      ModelRef ref,
      ModelIdentity identity,
      RemoteLimits limits,
      Path cacheFolder,
      BlockStore blocks)
      throws IOException {
    Optional<RemotePlace> remote = ref.remote();
    if (remote.isEmpty()) {
      return of(ModelFiles.of(ref, cacheFolder, blocks), identity.maxTokens());
    }
    TextTokenizer tokenizer =
        TextTokenizer.open(ModelFiles.of(ModelRef.parse(COUNTS), cacheFolder));
    try {
      return new UsableModel(
          tokenizer, RemoteEmbedder.open(remote.get(), tokenizer, identity, limits));
    } catch (IOException | RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /** What cuts texts into tokens. */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** What makes vectors of texts. */
  public Embedder embedder() {
    return embedder;
  }

  /** What the vectors are, down to their bits. */
  public ModelIdentity identity() {
    return embedder.identity();
  }

  @Override
  public void close() {
    embedder.close();
    tokenizer.close();
  }
}
