package dev.cairn.pipelines;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.embed.InferencePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps the model loaded over all test classes of a JVM: runs share its pool. */
final class ModelLease implements BeforeAllCallback {

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(ModelLease.class))
        .getOrComputeIfAbsent("pool", key -> acquire());
  }

  private static InferencePool acquire() {
    try {
      ModelRef model = ModelRef.parse("builtin:all-MiniLM-L6-v2");
      return InferencePool.acquire(ModelFiles.of(model, Path.of("target", "model-cache")), 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
