package dev.cairn.models;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model whose bytes ship as class-path resources of a Maven artifact, with their digests pinned.
 */
record BuiltinModel(String modelName, List<PinnedFile> files, ModelSpec spec) {

  static final String MINILM_TOKENIZER =
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0";
  private static final long MINILM_TOKENIZER_BYTES = 711_661;
  private static final String BGE_TOKENIZER =
      "d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66";
  private static final long BGE_TOKENIZER_BYTES = 711_396;

  /**
   * What bge was trained to have before a query (its own card); before documents it has nothing.
   */
  private static final String BGE_QUERY =
      "Represent this sentence for searching relevant passages: ";

  private static final int DIMENSION = 384;

  /** All have a table of positions of 512 rows. */
  private static final int POSITIONS = 512;

  /**
   * ONNX exports of sentence-transformers/all-MiniLM-L6-v2 and BAAI/bge-small-en-v1.5 in {@code
   * langchain4j-embeddings-*} 1.20.0-beta30. The {@code -q} ones have int8 weights and quantize
   * their activations as they run.
   */
  private static final List<BuiltinModel> ALL =
      List.of(
          mean(
              "all-MiniLM-L6-v2",
              "fp32",
              "/all-minilm-l6-v2",
              90_387_606,
              "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e"),
          mean(
              "all-MiniLM-L6-v2-q",
              "int8",
              "/all-minilm-l6-v2-q",
              22_972_370,
              "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1"),
          cls(
              "bge-small-en-v1.5",
              "fp32",
              "/bge-small-en-v1.5",
              133_093_490,
              "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35"),
          cls(
              "bge-small-en-v1.5-q",
              "int8",
              "/bge-small-en-v1.5-q",
              34_014_426,
              "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4"));

  private static BuiltinModel mean(
      String name, String precision, String resource, long bytes, String sha256) {
    PinnedFile tokenizer = tokenizer(resource, MINILM_TOKENIZER_BYTES, MINILM_TOKENIZER);
    return of(name, "mean", "", precision, weights(resource, bytes, sha256), tokenizer);
  }

  private static BuiltinModel cls(
      String name, String precision, String resource, long bytes, String sha256) {
    PinnedFile tokenizer = tokenizer(resource, BGE_TOKENIZER_BYTES, BGE_TOKENIZER);
    return of(name, "cls", BGE_QUERY, precision, weights(resource, bytes, sha256), tokenizer);
  }

  private static PinnedFile weights(String resource, long bytes, String sha256) {
    return new PinnedFile(ModelFiles.WEIGHTS_NAME, resource + ".onnx", bytes, sha256);
  }

  private static PinnedFile tokenizer(String resource, long bytes, String sha256) {
    return new PinnedFile(ModelFiles.TOKENIZER_NAME, resource + "-tokenizer.json", bytes, sha256);
  }

  private static BuiltinModel of(
      String name,
      String pooling,
      String query,
      String precision,
      PinnedFile weights,
      PinnedFile tokenizer) {
    ModelSpec spec =
        new ModelSpec(
            weights.sha256(),
            tokenizer.sha256(),
            pooling,
            "l2",
            "",
            query,
            precision,
            DIMENSION,
            POSITIONS,
            "");
    return new BuiltinModel(name, List.of(weights, tokenizer), spec);
  }

  /** The model of an identity, if it is one of these. */
  static Optional<BuiltinModel> of(ModelIdentity identity) {
    return ALL.stream()
        .filter(
            m ->
                ModelIdentity.of(m.spec, identity.maxTokens(), identity.numerics())
                    .equals(identity))
        .findFirst();
  }

  static List<BuiltinModel> all() {
    return ALL;
  }

  static Optional<BuiltinModel> find(String name) {
    return ALL.stream().filter(m -> m.modelName.equals(name)).findFirst();
  }

  static String references() {
    return ALL.stream().map(m -> "builtin:" + m.modelName).collect(Collectors.joining(", "));
  }
}
