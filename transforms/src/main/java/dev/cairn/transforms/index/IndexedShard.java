package dev.cairn.transforms.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import dev.cairn.io.cid.MalformedContentException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A shard that was indexed. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class IndexedShard {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A shard; see the accessors. */
  @SchemaCreate
  public static IndexedShard of(String folder, List<String> segments, long rows, long bytes) {
    return new AutoValue_IndexedShard(folder, segments, rows, bytes);
  }

  /** The CID of the folder of the segments' files. */
  public abstract String getFolder();

  /** The names of the segments in the order of their rows. */
  public abstract List<String> getSegments();

  /** Rows of all segments. */
  public abstract long getRows();

  /** Bytes of all blocks. */
  public abstract long getBytes();

  String toJson() {
    ObjectNode node =
        JSON.createObjectNode()
            .put("folder", getFolder())
            .put("rows", getRows())
            .put("bytes", getBytes());
    ArrayNode names = node.putArray("segments");
    getSegments().forEach(names::add);
    return node.toString();
  }

  /**
   * Reads the text of an action.
   *
   * @throws MalformedContentException if it is none
   */
  public static IndexedShard fromJson(String json) throws MalformedContentException {
    try {
      JsonNode fields = JSON.readTree(json);
      List<String> segments = new ArrayList<>();
      fields.path("segments").forEach(name -> segments.add(name.asText()));
      return of(
          fields.path("folder").asText(),
          segments,
          fields.path("rows").asLong(),
          fields.path("bytes").asLong());
    } catch (JsonProcessingException e) {
      throw new MalformedContentException("Cannot read segments: " + json + " (as written)", e);
    }
  }
}
