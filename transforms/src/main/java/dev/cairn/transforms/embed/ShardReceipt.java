package dev.cairn.transforms.embed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import dev.cairn.io.cid.MalformedContentException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A computed shard: the folder of its files in the store, and what is in them. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ShardReceipt {
  /** File names in a shard's folder, which are the names of the dataset's tables. */
  public static final String DOCUMENTS = "documents";

  public static final String CHUNKS = "chunks";
  public static final String ERRORS = "errors";

  /** Raised whenever the receipt's value has another form: one of before is no action then. */
  private static final int FORM = 2;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A receipt; see the accessors. */
  @SchemaCreate
  public static ShardReceipt of(
      String key,
      String shard,
      long documents,
      long chunks,
      long tokens,
      long embeddedChunks,
      long embeddedTokens,
      Map<String, Long> errors,
      Map<String, Long> sideRows) {
    return new AutoValue_ShardReceipt(
        key, shard, documents, chunks, tokens, embeddedChunks, embeddedTokens, errors, sideRows);
  }

  /** The shard's action key. */
  public abstract String getKey();

  /** The CID of the folder of its files: one a table, absent where the table has no row. */
  public abstract String getShard();

  /** Rows of the documents table. */
  public abstract long getDocuments();

  /** Rows of the chunks table. */
  public abstract long getChunks();

  /** Tokens of all chunks. */
  public abstract long getTokens();

  /** Chunks whose vectors were computed; the others were found. */
  public abstract long getEmbeddedChunks();

  /** Tokens of these. */
  public abstract long getEmbeddedTokens();

  /** Rows of the errors table by code. */
  public abstract Map<String, Long> getErrors();

  /** Rows of its side tables by their names; a table without rows is not among them. */
  public abstract Map<String, Long> getSideRows();

  /** The action under which a shard's receipt is kept. */
  public static String action(String key) {
    return "shard-" + FORM + "-" + key;
  }

  /** The receipt as an action's value. */
  public String toJson() {
    ObjectNode node =
        JSON.createObjectNode()
            .put("shard", getShard())
            .put("documents", getDocuments())
            .put("chunks", getChunks())
            .put("tokens", getTokens())
            .put("embedded_chunks", getEmbeddedChunks())
            .put("embedded_tokens", getEmbeddedTokens());
    ObjectNode errors = node.putObject("errors");
    new TreeMap<>(getErrors()).forEach(errors::put);
    ObjectNode sideRows = node.putObject("side_rows");
    new TreeMap<>(getSideRows()).forEach(sideRows::put);
    return node.toString();
  }

  /** Reads an action's value. */
  public static ShardReceipt fromJson(String key, String json) throws MalformedContentException {
    try {
      JsonNode node = JSON.readTree(json);
      return of(
          key,
          node.required("shard").textValue(),
          node.required("documents").longValue(),
          node.required("chunks").longValue(),
          node.required("tokens").longValue(),
          node.required("embedded_chunks").longValue(),
          node.required("embedded_tokens").longValue(),
          counts(node.required("errors")),
          counts(node.required("side_rows")));
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new MalformedContentException("Cannot read shard receipt: " + key + " (as written)", e);
    }
  }

  private static Map<String, Long> counts(JsonNode object) {
    Map<String, Long> counts = new TreeMap<>();
    object.properties().forEach(e -> counts.put(e.getKey(), e.getValue().longValue()));
    return counts;
  }
}
