package dev.cairn.models;

import java.io.IOException;
import java.io.InputStream;
import java.util.SortedSet;

/**
 * A model in a folder of this machine, as it goes into a store: its description, tokenizer and one
 * ONNX file, and nothing else of what lies beside them.
 */
public final class ModelFolder {
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
   * @param ref with a folder, or of a repository in the Hugging Face cache
   * @throws UnsupportedModelException if there is no such model, naming what is missing
   */
  public static ModelFolder open(ModelRef ref) throws IOException {
    ModelTree tree =
        new FolderTree(
            ref.folder()
                .orElseThrow(() -> new UnsupportedModelException(ref.toString(), "in a folder")));
    return new ModelFolder(tree, SentenceModel.read(tree, ref.toString(), ref.file()), ref.file());
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
