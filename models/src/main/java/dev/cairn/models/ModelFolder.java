package dev.cairn.models;

import dev.cairn.io.store.http.UnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model in a folder of this machine, as it goes into a store: its description, tokenizer and one
 * ONNX file, and nothing else of what lies beside them.
 */
public final class ModelFolder {
  private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);

  private final ModelTree tree;
  private final SentenceModel model;
  private final String file;

  private ModelFolder(ModelTree tree, SentenceModel model, String file) {
    this.tree = tree;
    this.model = model;
    this.file = file;
  }

  /**
   * Reads a folder's description.
   *
   * @param ref with a folder, or of a repository of the hub
   * @param access by which that is fetched as far as it is not on this machine
   * @throws UnsupportedModelException if there is no such model, naming what is missing
   */
  public static ModelFolder open(ModelRef ref, HubAccess access) throws IOException {
    Optional<HubRepo> repo = ref.hub();
    if (repo.isPresent()) {
      return ofHub(ref, repo.get(), access);
    }
    return of(
        ref,
        ref.folder()
            .orElseThrow(() -> new UnsupportedModelException(ref.toString(), "in a folder")));
  }

  private static ModelFolder of(ModelRef ref, Path folder) throws IOException {
    ModelTree tree = new FolderTree(folder);
    return new ModelFolder(tree, SentenceModel.read(tree, ref.toString(), ref.file()), ref.file());
  }

  private static ModelFolder ofHub(ModelRef ref, HubRepo repo, HubAccess access)
      throws IOException {
    Path folder = access.cache().folder(repo);
    if (access.closedBy().isPresent()) {
      if (!Files.isDirectory(folder)) {
        throw new UnsupportedModelException(
            ref.toString(), "in the Hugging Face cache: " + access.closedBy().get());
      }
      return of(ref, folder);
    }
    Optional<ModelFolder> here = whole(ref, folder);
    if (here.isPresent() && here.get().files().containsAll(SentenceModel.OPTIONAL)) {
      return here.get();
    }
    try {
      fetch(ref, repo, access);
    } catch (UnavailableException e) {
      if (here.isEmpty()) {
        throw e;
      }
      LOG.info("{} is used as it is in the cache: {}", ref, e.getMessage());
    }
    return of(ref, access.cache().folder(repo));
  }

  /** A model that can be used without what it may have beside; empty if there is none. */
  private static Optional<ModelFolder> whole(ModelRef ref, Path folder) throws IOException {
    try {
      return Files.isDirectory(folder) ? Optional.of(of(ref, folder)) : Optional.empty();
    } catch (UnsupportedModelException e) {
      LOG.info("Looks for the rest of it at the hub: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void fetch(ModelRef ref, HubRepo repo, HubAccess access) throws IOException {
    try (HubTree tree = HubTree.open(repo, access)) {
      SentenceModel model = SentenceModel.read(tree, ref.toString(), ref.file());
      for (String file : model.files()) {
        tree.fetch(file);
      }
      tree.name();
    }
  }

  /** The paths of its files, in order. */
  public SortedSet<String> files() {
    return model.files();
  }

  /** The ONNX file as the reference named it, empty for the usual one. */
  public String file() {
    return file;
  }

  /**
   * Opens one of its files.
   *
   * @throws ModelFilesException if it is gone, or not what the Hugging Face cache says it is
   */
  public InputStream open(String path) throws IOException {
    return tree.open(path)
        .orElseThrow(() -> new ModelFilesException("Cannot read model: no " + path));
  }
}
