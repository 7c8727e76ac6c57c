package dev.cairn.models;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that reaches the bits of a vector. Vectors of equal identities are interchangeable;
 * vectors of one {@linkplain #sameModel model} on other machines agree to rounding only.
 *
 * @param weights SHA-256 of the ONNX file, lower-case hex
 * @param tokenizer SHA-256 of the tokenizer file, lower-case hex
 * @param pooling how token vectors become one vector
 * @param normalization what is done to the pooled vector
 * @param prefix text that goes before every embedded text; empty for none
 * @param queryPrefix text that goes before what is searched for; empty for none
 * @param maxTokens most tokens of a text, special ones counted; a longer text is refused
 * @param precision of weights and kernels
 * @param dimension floats in a vector
 * @param name what an endpoint calls a model that is asked over HTTP; empty for one of files
 * @param numerics SHA-256 of the bits of eight fixed texts' vectors, computed on this machine: it
 *     makes libraries and CPU kinds visible, whose kernels differ in the last bits
 */
public record ModelIdentity(
    String weights,
    String tokenizer,
    String pooling,
    String normalization,
    String prefix,
    String queryPrefix,
    int maxTokens,
    String precision,
    int dimension,
    String name,
    String numerics)
    implements Serializable {

  private static final String FORMAT = "cairn-model-identity 1\n";

  public ModelIdentity {
    Sha256.requireHex("weights", weights);
    Sha256.requireHex("tokenizer", tokenizer);
    Sha256.requireHex("numerics", numerics);
  }

  /**
   * The identity of a model with a limit and numerics that were computed, or remembered by {@link
   * NumericsKey}.
   *
   * @throws IllegalArgumentException if the limit is not between 1 and the model's own
   */
  public static ModelIdentity of(ModelSpec spec, int maxTokens, String numerics) {
    requireMaxTokens(spec, maxTokens);
    return new ModelIdentity(
        spec.weights(),
        spec.tokenizer(),
        spec.pooling(),
        spec.normalization(),
        spec.prefix(),
        spec.queryPrefix(),
        maxTokens,
        spec.precision(),
        spec.dimension(),
        spec.name(),
        numerics);
  }

  /**
   * Checks a limit of tokens, special ones counted, against the model's own.
   *
   * @throws UnsupportedModelException if it is not between 1 and the model's limit
   */
  public static void requireMaxTokens(ModelSpec spec, int maxTokens) {
    if (maxTokens < 1 || maxTokens > spec.tokenLimit()) {
      throw UnsupportedModelException.tokens(maxTokens, spec.tokenLimit());
    }
  }

  /** Whether all but the numerics agree: the same model, perhaps on another kind of machine. */
  public boolean sameModel(ModelIdentity other) {
    return withNumerics(other.numerics).equals(other);
  }

  /** What model it is, for people. */
  public String described() {
    return name.isEmpty() ? "a model of weights " + weights : name + " behind an endpoint";
  }

  /** The same model with another limit. */
  public ModelIdentity withMaxTokens(int others) {
    return with(others, numerics);
  }

  /** The same model on another kind of machine. */
  public ModelIdentity withNumerics(String others) {
    return with(maxTokens, others);
  }

  private ModelIdentity with(int otherMaxTokens, String otherNumerics) {
    return new ModelIdentity(
        weights,
        tokenizer,
        pooling,
        normalization,
        prefix,
        queryPrefix,
        otherMaxTokens,
        precision,
        dimension,
        name,
        otherNumerics);
  }

  /**
   * SHA-256, in lower-case hex, of the canonical form: the line {@code cairn-model-identity 1},
   * then for each entry of {@link #toMap} in order of its key {@code <key> <bytes of the value in
   * UTF-8> <value>} and a line feed, integers in decimal.
   */
  public String digest() {
    MessageDigest digest = Sha256.digest();
    digest.update(FORMAT.getBytes(StandardCharsets.US_ASCII));
    toMap()
        .forEach(
            (key, value) -> {
              byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
              digest.update((key + " " + bytes.length + " ").getBytes(StandardCharsets.US_ASCII));
              digest.update(bytes);
              digest.update((byte) '\n');
            });
    return Sha256.hex(digest);
  }

  /**
   * This value for a JSON manifest: ASCII keys in order, values strings or integers. An empty
   * prefix of queries or name is left out.
   */
  public SortedMap<String, Object> toMap() {
    SortedMap<String, Object> map = new TreeMap<>();
    map.put("dimension", dimension);
    map.put("max_tokens", maxTokens);
    if (!name.isEmpty()) {
      map.put("name", name);
    }
    map.put("normalization", normalization);
    map.put("numerics", numerics);
    map.put("pooling", pooling);
    map.put("precision", precision);
    map.put("prefix", prefix);
    if (!queryPrefix.isEmpty()) {
      map.put("query_prefix", queryPrefix);
    }
    map.put("tokenizer", tokenizer);
    map.put("weights", weights);
    return map;
  }

  /**
   * Reads back what {@link #toMap} wrote; integers may be of any {@link Number} type.
   *
   * @throws IllegalArgumentException if an entry is missing or of another type
   */
  public static ModelIdentity fromMap(Map<String, ?> map) {
    return new ModelIdentity(
        text(map, "weights"),
        text(map, "tokenizer"),
        text(map, "pooling"),
        text(map, "normalization"),
        text(map, "prefix"),
        map.containsKey("query_prefix") ? text(map, "query_prefix") : "",
        integer(map, "max_tokens"),
        text(map, "precision"),
        integer(map, "dimension"),
        map.containsKey("name") ? text(map, "name") : "",
        text(map, "numerics"));
  }

  private static String text(Map<String, ?> map, String key) {
    if (map.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "Cannot read model identity: " + key + " = " + map.get(key) + " (a string)");
  }

  private static int integer(Map<String, ?> map, String key) {
    if (map.get(key) instanceof Number number && number.longValue() == number.intValue()) {
      return number.intValue();
    }
    throw new IllegalArgumentException(
        "Cannot read model identity: " + key + " = " + map.get(key) + " (an integer)");
  }
}
