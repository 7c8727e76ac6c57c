package dev.cairn.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.store.http.BadAnswerException;
import dev.cairn.io.store.http.Egress;
import dev.cairn.io.store.http.HttpCall;
import dev.cairn.io.store.http.HttpFailure;
import dev.cairn.io.store.http.HttpReply;
import dev.cairn.io.store.http.HttpTier;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model on the hub: a file that is opened is fetched into the hub's cache on this machine first,
 * as {@code huggingface_hub} would, and nothing else is. What was fetched has the digest that the
 * hub tells (of Git or, of large files, SHA-256), or is not kept.
 */
final class HubTree implements ModelTree, Closeable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_LISTING_BYTES = 64 << 20;
  private static final int NOT_FOUND = 404;

  private final HubRepo repo;
  private final HubCache cache;
  private final HttpTier hub;
  private final String commit;
  private final Map<String, Listed> files;

  /** A file as the hub lists it. */
  private record Listed(String digest, long bytes) {}

  private HubTree(
      HubRepo repo, HubCache cache, HttpTier hub, String commit, Map<String, Listed> files) {
    this.repo = repo;
    this.cache = cache;
    this.hub = hub;
    this.commit = commit;
    this.files = files;
  }

  /**
   * Asks the hub what a repository holds.
   *
   * @throws UnsupportedModelException if there is no such repository or revision
   */
  static HubTree open(HubRepo repo, HubAccess access) throws IOException {
    HttpTier hub =
        HttpTier.builder(access.endpoint())
            .credentials(access.credentials())
            .egress(Egress.of(access.endpoint()))
            .failures(failure -> absent(repo, failure))
            .build();
    try {
      String path = "api/models/" + repo.name() + "/revision/" + repo.revision();
      JsonNode listing =
          hub.ask(
              HttpCall.get(path, path).with("blobs", "true"),
              reply -> json(path, reply.bytes(MAX_LISTING_BYTES)));
      String commit = listing.path("sha").asText();
      if (!HubCache.isCommit(commit)) {
        throw bad(path, "commit " + commit, "40 hex digits");
      }
      return new HubTree(repo, access.cache(), hub, commit, files(path, listing));
    } catch (IOException | RuntimeException e) {
      hub.close();
      throw e;
    }
  }

  private static JsonNode json(String path, byte[] answer) throws IOException {
    try {
      return JSON.readTree(answer);
    } catch (JsonProcessingException e) {
      throw bad(path, "an answer that is no JSON", "the hub's API");
    }
  }

  private static @Nullable IOException absent(HubRepo repo, HttpFailure failure) {
    if (failure.status() == NOT_FOUND) {
      throw new UnsupportedModelException("hf://" + repo, "a model of the hub: " + failure.text());
    }
    return null;
  }

  private static Map<String, Listed> files(String path, JsonNode listing) throws IOException {
    Map<String, Listed> files = new HashMap<>();
    for (JsonNode file : listing.path("siblings")) {
      JsonNode large = file.path("lfs");
      String digest = large.path("sha256").asText(file.path("blobId").asText());
      long bytes = large.path("size").asLong(file.path("size").asLong(-1));
      if (!FolderTree.isDigest(digest) || bytes < 0) {
        throw bad(path, "file " + file, "with its digest and size");
      }
      files.put(file.path("rfilename").asText(), new Listed(digest, bytes));
    }
    return files;
  }

  private static BadAnswerException bad(String path, String found, String rule) {
    return new BadAnswerException("Cannot read " + path + ": " + found + " (" + rule + ")", null);
  }

  @Override
  public boolean has(String path) {
    return files.containsKey(path);
  }

  @Override
  public Optional<InputStream> open(String path) throws IOException {
    if (!has(path)) {
      return Optional.empty();
    }
    fetch(path);
    return new FolderTree(folder()).open(path);
  }

  private Path folder() {
    return cache.snapshot(repo, commit);
  }

  /**
   * Sees to it that a file is in the cache.
   *
   * @param path of a file that there is
   */
  void fetch(String path) throws IOException {
    Listed listed = Objects.requireNonNull(files.get(path), path);
    Path blob = cache.blob(repo, listed.digest());
    if (!Files.isRegularFile(blob)) {
      fetch(path, listed, blob);
    }
    Path file = folder().resolve(path);
    Path parent = Files.createDirectories(Objects.requireNonNull(file.getParent(), "its folder"));
    if (!Files.isRegularFile(file)) {
      link(file, parent.relativize(blob));
    }
  }

  private static void link(Path file, Path blob) throws IOException {
    try {
      Files.deleteIfExists(file); // a link to what is gone
      Files.createSymbolicLink(file, blob);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker, with the same file.
      if (!Files.isRegularFile(file)) {
        throw e;
      }
    }
  }

  private void fetch(String path, Listed listed, Path blob) throws IOException {
    Path blobs = Files.createDirectories(Objects.requireNonNull(blob.getParent(), "its folder"));
    // Not by createTempFile: others may share the cache, and read what it holds.
    Path part = blobs.resolve(listed.digest() + "." + UUID.randomUUID() + ".incomplete");
    try {
      String address = repo.name() + "/resolve/" + commit + "/" + path;
      hub.ask(
          HttpCall.get(address, address).stream(),
          reply -> {
            copy(reply, listed, part, address);
            return address;
          });
      FolderTree.verify(part, listed.digest());
      Files.move(part, blob, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Never more than the hub told; an answer that is asked again begins anew. */
  private static void copy(HttpReply reply, Listed listed, Path part, String address)
      throws IOException {
    try (InputStream in = reply.body();
        OutputStream out = Files.newOutputStream(part)) {
      byte[] buffer = new byte[1 << 16];
      long left = listed.bytes();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw bad(address, "more than " + listed.bytes() + " bytes", "as the hub lists it");
        }
        out.write(buffer, 0, n);
      }
    }
  }

  /** Once all that is needed is here, the revision is known on this machine. */
  void name() throws IOException {
    cache.name(repo, commit);
  }

  @Override
  public void close() {
    hub.close();
  }
}
