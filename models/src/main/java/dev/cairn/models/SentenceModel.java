package dev.cairn.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A model as sentence-transformers lays it out in a folder: {@code modules.json} names its steps, a
 * pooling has a {@code config.json}, prompts are in {@code config_sentence_transformers.json}. Read
 * are these files and no other; code beside them is never looked at.
 *
 * @param pooling {@code mean} or {@code cls}
 * @param normalization {@code l2} or {@code none}
 * @param prefix the prompt of documents, empty for none
 * @param queryPrefix the prompt of queries, empty for none
 * @param dimension floats in a vector
 * @param tokenLimit tokens at most, special ones counted
 * @param weights the path of the ONNX file
 * @param files all that make the model, by path
 */
record SentenceModel(
    String pooling,
    String normalization,
    String prefix,
    String queryPrefix,
    int dimension,
    int tokenLimit,
    String weights,
    SortedSet<String> files) {

  static final String TOKENIZER = "tokenizer.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_CONFIG_BYTES = 1 << 20;
  private static final int MAX_DIMENSION = 65_536;
  private static final int MAX_TOKENS = 1 << 20;
  static final String MODULES = "modules.json";
  static final String CONFIG = "config.json";
  static final String LENGTHS = "sentence_bert_config.json";
  static final String PROMPTS = "config_sentence_transformers.json";
  private static final List<String> WEIGHTS = List.of("onnx/model.onnx", "model.onnx");

  /** What a model may have or not: a folder without them may be one that was copied in part. */
  static final List<String> OPTIONAL = List.of(LENGTHS, PROMPTS);

  /** Their tables of positions begin behind the number of the padding token. */
  private static final Set<String> SHIFTED = Set.of("roberta", "xlm-roberta", "camembert", "mpnet");

  /**
   * Reads a model's description.
   *
   * @param named the path of the ONNX file, or empty for the usual ones
   * @throws UnsupportedModelException if it is no such model, naming what is missing or unknown
   */
  static SentenceModel read(ModelTree tree, String reference, String named) throws IOException {
    Reading reading = new Reading(tree, reference);
    JsonNode modules = reading.required(MODULES);
    JsonNode config = reading.required(CONFIG);
    String pooling = "";
    int dimension = config.path("hidden_size").asInt();
    String normalization = "none";
    for (JsonNode module : modules) {
      String type = module.path("type").asText();
      String step = type.substring(type.lastIndexOf('.') + 1);
      switch (step) {
        case "Transformer" -> {
          if (!module.path("path").asText().isEmpty()) {
            throw reading.refused(
                "its transformer is in " + module.path("path").asText(), "in the root");
          }
        }
        case "Pooling" -> {
          JsonNode how = reading.required(reading.inside(module.path("path").asText(), CONFIG));
          pooling = reading.pooling(how);
          dimension = how.path("word_embedding_dimension").asInt(dimension);
        }
        case "Normalize" -> normalization = "l2";
        default -> throw reading.refused("module " + type, "Transformer, Pooling, Normalize");
      }
    }
    if (pooling.isEmpty() || dimension < 1 || dimension > MAX_DIMENSION) {
      throw reading.refused("pooling " + pooling + ", dimension " + dimension, "both told");
    }
    JsonNode prompts = reading.optional(PROMPTS);
    String fallback = prompts.path("default_prompt_name").asText("");
    String document =
        prompt(prompts, "document", prompt(prompts, "passage", prompt(prompts, fallback, "")));
    String query = prompt(prompts, "query", prompt(prompts, fallback, ""));
    String weights = reading.weights(named);
    reading.found(TOKENIZER);
    return new SentenceModel(
        pooling,
        normalization,
        document,
        query,
        dimension,
        tokenLimit(reading, config),
        weights,
        reading.files);
  }

  private static String prompt(JsonNode prompts, String name, String other) {
    JsonNode prompt = prompts.path("prompts").path(name);
    return prompt.isTextual() ? prompt.asText() : other;
  }

  private static int tokenLimit(Reading reading, JsonNode config) throws IOException {
    int positions = config.path("max_position_embeddings").asInt();
    if (SHIFTED.contains(config.path("model_type").asText())) {
      positions -= config.path("pad_token_id").asInt(1) + 1;
    }
    int told = reading.optional(LENGTHS).path("max_seq_length").asInt(positions);
    int limit = positions > 0 ? Math.min(positions, told) : told;
    if (limit < 1 || limit > MAX_TOKENS) {
      throw reading.refused(
          "a limit of " + limit + " tokens", "max_position_embeddings or max_seq_length");
    }
    return limit;
  }

  /** What has been read of a model. */
  private static final class Reading {
    private final ModelTree tree;
    private final String reference;
    private final SortedSet<String> files = new TreeSet<>();

    Reading(ModelTree tree, String reference) {
      this.tree = tree;
      this.reference = reference;
    }

    UnsupportedModelException refused(String found, String rule) {
      return new UnsupportedModelException(reference, found + "; " + rule);
    }

    JsonNode required(String path) throws IOException {
      JsonNode json = optional(path);
      if (json.isMissingNode()) {
        throw refused("no " + path, "a folder of sentence-transformers with an ONNX file");
      }
      return json;
    }

    JsonNode optional(String path) throws IOException {
      Optional<InputStream> file = tree.open(path);
      if (file.isEmpty()) {
        return JSON.missingNode();
      }
      try (InputStream in = file.get()) {
        byte[] bytes = in.readNBytes(MAX_CONFIG_BYTES + 1);
        if (bytes.length > MAX_CONFIG_BYTES) {
          throw refused(path + " is too long", "at most " + MAX_CONFIG_BYTES + " bytes");
        }
        JsonNode json = JSON.readTree(bytes);
        files.add(path);
        return json;
      } catch (JsonProcessingException e) {
        throw refused(path + " is no JSON", "one value");
      }
    }

    void found(String path) throws IOException {
      if (!tree.has(path)) {
        throw refused("no " + path, "a folder of sentence-transformers with an ONNX file");
      }
      files.add(path);
    }

    /** A folder that a file names must not lead out of the model. */
    String inside(String folder, String name) {
      if (!folder.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
        throw refused("module in " + folder, "a folder beside " + MODULES);
      }
      return folder + "/" + name;
    }

    String pooling(JsonNode how) {
      boolean mean = how.path("pooling_mode_mean_tokens").asBoolean();
      boolean cls = how.path("pooling_mode_cls_token").asBoolean();
      long modes =
          how.properties().stream()
              .filter(field -> field.getKey().startsWith("pooling_mode_"))
              .filter(field -> field.getValue().asBoolean())
              .count();
      if (modes != 1 || mean == cls || !how.path("include_prompt").asBoolean(true)) {
        throw refused("pooling " + how, "mean or cls alone, prompts included");
      }
      return mean ? "mean" : "cls";
    }

    String weights(String named) throws IOException {
      if (!named.isEmpty()) {
        if (!named.matches("(?:[A-Za-z0-9_][A-Za-z0-9_.-]*/)?[A-Za-z0-9_][A-Za-z0-9_.-]*\\.onnx")) {
          throw refused("file " + named, "a path that ends in .onnx");
        }
        found(named);
        return named;
      }
      for (String usual : WEIGHTS) {
        if (tree.has(usual)) {
          files.add(usual);
          return usual;
        }
      }
      throw refused("no " + String.join(" or ", WEIGHTS), "or name one behind #");
    }
  }
}
