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
    int tokenLimit) {

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
