package dev.cairn.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folders that {@code huggingface_hub} keeps downloads in: {@code
 * models--ORG--NAME/snapshots/COMMIT}, and what {@code refs/REVISION} says its commit is.
 */
final class HubCache {
  private static final String MAIN = "main";

  private HubCache() {}

  /** Where a repository's files are, or would be. */
  static Path folder(String name, @Nullable String revision) {
    Path repository = root().resolve("models--" + name.replace("/", "--"));
    String wanted = revision == null ? MAIN : revision;
    Path ref = repository.resolve("refs").resolve(wanted);
    try {
      String commit = Files.isRegularFile(ref) ? Files.readString(ref).strip() : wanted;
      return repository.resolve("snapshots").resolve(commit);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + ref, e);
    }
  }

  private static Path root() {
    String cache = System.getenv("HF_HUB_CACHE");
    if (cache != null && !cache.isEmpty()) {
      return Path.of(cache);
    }
    String home = System.getenv("HF_HOME");
    return home != null && !home.isEmpty()
        ? Path.of(home, "hub")
        : Path.of(System.getProperty("user.home"), ".cache", "huggingface", "hub");
  }
}
