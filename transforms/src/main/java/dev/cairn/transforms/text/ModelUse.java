package dev.cairn.transforms.text;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * A model that workers use.
 *
 * @param reference of the model, such as {@code builtin:all-MiniLM-L6-v2}
 * @param cacheFolder a local folder where each worker keeps the model's files
 */
public record ModelUse(String reference, String cacheFolder) implements Serializable {

  /** The model's verified files on this machine. */
  public ModelFiles files() throws IOException {
    return ModelFiles.of(ModelRef.parse(reference), Path.of(cacheFolder));
  }
}
