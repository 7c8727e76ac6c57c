package dev.cairn.pipelines;

import dev.cairn.io.store.LocalStore;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.NumericsKey;
import dev.cairn.models.embed.InferencePool;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Tells a model's identity on this machine, without loading the model where it is known. */
final class Models {
  private Models() {}

  static ModelIdentity identity(LocalStore store, String reference, int maxTokens)
      throws IOException {
    ModelRef ref = ModelRef.parse(reference);
    ModelIdentity.requireMaxTokens(ref.spec(), maxTokens);
    Optional<String> key = NumericsKey.of(ref.spec()).map(k -> "numerics-" + k);
    Optional<String> known = key.isEmpty() ? Optional.empty() : store.actions().get(key.get());
    if (known.isPresent()) {
      return ModelIdentity.of(ref.spec(), maxTokens, known.get());
    }
    ModelFiles files = ModelFiles.of(ref, store.cacheFolder());
    try (InferencePool pool = InferencePool.acquire(files, maxTokens)) {
      ModelIdentity identity = pool.identity();
      if (key.isPresent()) {
        store.actions().put(key.get(), identity.numerics(), List.of());
      }
      return identity;
    }
  }
}
