package dev.cairn.models.djl;

import ai.djl.repository.Repository;
import ai.djl.repository.RepositoryFactory;
import ai.djl.repository.SimpleRepository;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.store.tier.Gate;
import dev.cairn.io.store.tier.PolicyResolver;
import dev.cairn.io.store.tier.StoreSettings;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Makes DJL read models from {@code ipfs://CID/}: with Cairn's models on the class path,
 *
 * <pre>{@code
 * Criteria.builder()
 *     .setTypes(String.class, float[].class)
 *     .optModelUrls("ipfs://bafy.../")
 *     .optTranslatorFactory(new DeferredTranslatorFactory())
 * }</pre>
 *
 * <p>finds the model in the local store, a Kubo node or a gateway, as the environment says ({@code
 * CAIRN_HOME}, {@code CAIRN_KUBO_API}, {@code CAIRN_GATEWAYS}). Every block is hashed. What DJL
 * gets to see is a folder in the store's cache with the model's ONNX file as {@code model.onnx} and
 * files that describe it ({@link ModelCopy#FILES}); no class, jar or settings file that lies beside
 * them. Parameters of the URL are DJL's arguments, as with other URLs.
 *
 * <p>Does nothing where {@code TRANSFORMERS_PATCH_DISABLE} is set. Safe for use by several threads.
 */
public final class IpfsRepositoryFactory implements RepositoryFactory {
  private static final String SCHEME = "ipfs";

  private final Map<String, String> environment;

  /** For DJL, which finds it as a service. */
  public IpfsRepositoryFactory() {
    this(System.getenv());
  }

  IpfsRepositoryFactory(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public Set<String> getSupportedScheme() {
    return Gate.isSet(environment, "TRANSFORMERS_PATCH_DISABLE") ? Set.of() : Set.of(SCHEME);
  }

  /**
   * Copies a model out of the store.
   *
   * @param uri {@code ipfs://CID/}
   * @throws IllegalArgumentException if it is another one
   * @throws UncheckedIOException if there is no such model, or a block of it is missing or corrupt
   */
  @Override
  public Repository newInstance(String name, URI uri) {
    Cid root = root(uri);
    try (TieredStore store =
        new PolicyResolver(StoreSettings.none(), environment).resolve().open()) {
      Path folder = store.local().cacheFolder().resolve("djl").resolve(root.toString());
      ModelCopy.write(store, root, folder);
      return new IpfsRepository(name, uri, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read model: " + uri, e);
    }
  }

  private static Cid root(URI uri) {
    String path = uri.getPath();
    try {
      if (uri.getAuthority() != null && (path == null || path.isEmpty() || path.equals("/"))) {
        return Cid.parse(uri.getAuthority());
      }
    } catch (MalformedContentException e) {
      throw new IllegalArgumentException("Cannot read model: " + uri + " (ipfs://CID/)", e);
    }
    throw new IllegalArgumentException("Cannot read model: " + uri + " (ipfs://CID/)");
  }

  /** A folder that DJL finds one model in. */
  private static final class IpfsRepository extends SimpleRepository {
    IpfsRepository(String name, URI uri, Path folder) {
      super(name, uri, folder);
    }
  }
}
