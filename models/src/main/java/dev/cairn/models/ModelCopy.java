package dev.cairn.models;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Copies a model out of a store into a folder, for programs that want one. */
public final class ModelCopy {
  /** What describes a model: all that is copied beside its weights. */
  public static final List<String> FILES =
      List.of(
          SentenceModel.CONFIG,
          SentenceModel.MODULES,
          "1_Pooling/" + SentenceModel.CONFIG,
          SentenceModel.LENGTHS,
          SentenceModel.PROMPTS,
          SentenceModel.TOKENIZER,
          "tokenizer_config.json",
          "special_tokens_map.json",
          "vocab.txt");

  private static final List<String> WEIGHTS = List.of("model.onnx", "onnx/model.onnx");

  private ModelCopy() {}

  /**
   * Writes a model's files, each beside its place and then renamed into it, so that programs that
   * read the folder meanwhile see whole files only.
   *
   * @param root of the model's folder in the store
   * @throws ModelFilesException if there is no ONNX file, or one that keeps tensors in others
   */
  public static void write(BlockStore store, Cid root, Path folder) throws IOException {
    ModelTree tree = new StoredTree(store, root);
    Files.createDirectories(folder);
    for (String file : FILES) {
      copy(tree, file, folder.resolve(file));
    }
    Path weights = folder.resolve(ModelFiles.WEIGHTS_NAME);
    for (String file : WEIGHTS) {
      if (tree.has(file)) {
        copy(tree, file, weights);
        if (OnnxFile.read(weights).external()) {
          Files.delete(weights);
          throw new ModelFilesException(
              "Cannot use model: " + root + " (weights in one file, not beside it)");
        }
        return;
      }
    }
    throw new ModelFilesException("Cannot use model: " + root + " (with one of " + WEIGHTS + ")");
  }

  private static void copy(ModelTree tree, String file, Path to) throws IOException {
    Optional<InputStream> found = tree.open(file);
    if (found.isEmpty()) {
      return;
    }
    try (InputStream in = found.get()) {
      Path parent = Files.createDirectories(Objects.requireNonNull(to.getParent(), "its folder"));
      Path part = Files.createTempFile(parent, ".part", "");
      try {
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(part);
      }
    }
  }
}
