package dev.cairn.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders as sentence-transformers writes them, around the files of a builtin model. */
public final class SentenceFolders {
  static final String POOLING =
      "{\"word_embedding_dimension\": 384, \"pooling_mode_cls_token\": false,"
          + " \"pooling_mode_mean_tokens\": true, \"pooling_mode_max_tokens\": false}";
  static final String MODULES =
      "[{\"idx\": 0, \"name\": \"0\", \"path\": \"\", \"type\":"
          + " \"sentence_transformers.models.Transformer\"}, {\"idx\": 1, \"name\": \"1\","
          + " \"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"},"
          + " {\"idx\": 2, \"name\": \"2\", \"path\": \"2_Normalize\", \"type\":"
          + " \"sentence_transformers.models.Normalize\"}]";
  static final String CONFIG =
      "{\"model_type\": \"bert\", \"hidden_size\": 384, \"max_position_embeddings\": 512}";

  private SentenceFolders() {}

  /** The small all-MiniLM-L6-v2 as a folder. */
  public static Path write(Path folder, Path cache) throws IOException {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2-q"), cache);
    Files.createDirectories(folder.resolve("onnx"));
    Files.createDirectories(folder.resolve("1_Pooling"));
    Files.copy(files.weights(), folder.resolve("onnx/model.onnx"));
    Files.copy(files.tokenizer(), folder.resolve("tokenizer.json"));
    Files.writeString(folder.resolve("modules.json"), MODULES);
    Files.writeString(folder.resolve("config.json"), CONFIG);
    Files.writeString(folder.resolve("1_Pooling/config.json"), POOLING);
    return folder;
  }
}
