package dev.cairn.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model's files on this machine, verified against their digests when this value was made.
 *
 * <p>The folder is {@code <cache>/models/<SHA-256 of the weights>/} and holds {@value
 * #WEIGHTS_NAME} and {@value #TOKENIZER_NAME}; nothing else in it is ever opened, so that no class,
 * jar or settings file beside a model can run. The weights' digest is pinned, and the pinned file
 * keeps no tensor outside itself.
 */
public final class ModelFiles {

  /** The name of the weights, an ONNX file, in a model's folder. */
  public static final String WEIGHTS_NAME = "model.onnx";

  /** The name of the Hugging Face tokenizer in a model's folder. */
  public static final String TOKENIZER_NAME = "tokenizer.json";

  private final ModelRef ref;
  private final Path folder;

  private ModelFiles(ModelRef ref, Path folder) {
    this.ref = ref;
    this.folder = folder;
  }

  /**
   * Brings a model's files to the cache and verifies every byte of them. A file that is missing or
   * damaged is written again, beside its place and then renamed into it, so that concurrent
   * processes see whole files only.
   *
   * @param cacheFolder made if it is missing; deleting it is always safe
   * @throws ModelFilesException if the model's own source does not hold the pinned bytes
   * @throws IOException if the cache cannot be read or written
   */
  public static ModelFiles of(ModelRef ref, Path cacheFolder) throws IOException {
    Path folder = cacheFolder.toAbsolutePath().resolve("models").resolve(ref.spec().weights());
    Files.createDirectories(folder);
    for (PinnedFile file : ref.builtin().files()) {
      file.ensureIn(folder);
    }
    return new ModelFiles(ref, folder);
  }

  /** The reference that these files were found by. */
  public ModelRef ref() {
    return ref;
  }

  /** What the model is. */
  public ModelSpec spec() {
    return ref.spec();
  }

  /** The ONNX file, an absolute path. */
  public Path weights() {
    return folder.resolve(WEIGHTS_NAME);
  }

  /** The Hugging Face tokenizer file, an absolute path. */
  public Path tokenizer() {
    return folder.resolve(TOKENIZER_NAME);
  }

  @Override
  public String toString() {
    return ref + " in " + folder;
  }
}
