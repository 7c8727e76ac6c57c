package dev.cairn.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The folders that {@code huggingface_hub} keeps downloads in, and reads them from: {@code
 * models--ORG--NAME/snapshots/COMMIT} with links into {@code blobs}, and what {@code refs/REVISION}
 * says its commit is. {@code HF_HUB_CACHE} or {@code HF_HOME} names the place.
 */
final class HubCache {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private final Path root;

  HubCache(Path root) {
    this.root = root;
  }

  /** True for the name of a commit. */
  static boolean isCommit(String revision) {
    return COMMIT.matcher(revision).matches();
  }

  /** The cache that an environment names. */
  static HubCache of(Map<String, String> environment) {
    String cache = environment.getOrDefault("HF_HUB_CACHE", "");
    if (!cache.isEmpty()) {
      return new HubCache(Path.of(cache));
    }
    String home = environment.getOrDefault("HF_HOME", "");
    return new HubCache(
        home.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache", "huggingface", "hub")
            : Path.of(home, "hub"));
  }

  /** Where a repository's files are, or would be. */
  Path folder(HubRepo repo) throws IOException {
    Path ref = repository(repo).resolve("refs").resolve(repo.revision());
    String commit = Files.isRegularFile(ref) ? Files.readString(ref).strip() : repo.revision();
    return snapshot(repo, commit);
  }

  /** Where the files of a commit are, or would be. */
  Path snapshot(HubRepo repo, String commit) {
    return repository(repo).resolve("snapshots").resolve(commit);
  }

  /** Where a file's bytes are, or would be. */
  Path blob(HubRepo repo, String digest) {
    return repository(repo).resolve("blobs").resolve(digest);
  }

  /** Notes what a revision's commit is, as far as it is not one itself. */
  void name(HubRepo repo, String commit) throws IOException {
    if (isCommit(repo.revision())) {
      return;
    }
    Path refs = Files.createDirectories(repository(repo).resolve("refs"));
    Path part = refs.resolve("." + UUID.randomUUID());
    Files.writeString(part, commit);
    Files.move(
        part,
        refs.resolve(repo.revision()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Path repository(HubRepo repo) {
    return root.resolve("models--" + repo.name().replace("/", "--"));
  }
}
