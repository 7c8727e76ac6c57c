package dev.cairn.models;

/**
 * What a model is, whatever machine it runs on.
 *
 * @param weights SHA-256 of the ONNX file, lower-case hex
 * @param tokenizer SHA-256 of the tokenizer file, lower-case hex
 * @param pooling how token vectors become one vector: {@code mean} or {@code cls}, the first one
 * @param normalization what is done to the pooled vector: {@code l2} or {@code none}
 * @param prefix text that goes before every embedded text; empty for none
 * @param queryPrefix text that goes before what is searched for; empty for none
 * @param precision of the weights and kernels: {@code fp32} or {@code int8}
 * @param dimension floats in a vector
 * @param tokenLimit most tokens, special ones counted, that the model can take
 * @param name what an endpoint calls a model that is asked over HTTP; empty for one of files, which
 *     are what it is
 */
public record ModelSpec(
    String weights,
    String tokenizer,
    String pooling,
    String normalization,
    String prefix,
    String queryPrefix,
    String precision,
    int dimension,
    int tokenLimit,
    String name) {

  /** Tokens of a text for a model that is asked over HTTP, whose own limit is not known. */
  private static final int REMOTE_TOKENS = 8192;

  /** How precise a model is that is asked over HTTP: nobody says. */
  public static final String REMOTE = "remote";

  /**
   * A model that is asked over HTTP. Its name stands for its weights, a builtin tokenizer cuts its
   * texts, and vectors are brought to norm 1.
   *
   * @param name what its endpoint calls it
   */
  public static ModelSpec remote(String name, int dimension) {
    return new ModelSpec(
        Sha256.ofText("cairn-remote-model 1\n" + name),
        BuiltinModel.MINILM_TOKENIZER,
        REMOTE,
        "l2",
        "",
        "",
        REMOTE,
        dimension,
        REMOTE_TOKENS,
        name);
  }

  public ModelSpec {
    Sha256.requireHex("weights", weights);
    Sha256.requireHex("tokenizer", tokenizer);
    if (dimension < 1 || tokenLimit < 1) {
      throw new IllegalArgumentException(
          "Cannot describe model: dimension "
              + dimension
              + ", token limit "
              + tokenLimit
              + " (both at least 1)");
    }
  }
}
