package dev.cairn.transforms.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.auto.value.AutoValue;
import dev.cairn.io.cid.MalformedContentException;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** A file that was looked at or converted. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class ConvertedFile {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A result; see the accessors. */
  @SchemaCreate
  public static ConvertedFile of(String cid, long rows, long bytes, String problem) {
    return new AutoValue_ConvertedFile(cid, rows, bytes, problem);
  }

  /** A file that cannot be converted, for a reason that is in it. */
  static ConvertedFile refused(String problem) {
    return of("", 0, 0, problem);
  }

  /** The CID of the new file, or of the shape of the old one; empty if there is none. */
  public abstract String getCid();

  public abstract long getRows();

  public abstract long getBytes();

  /** Why there is none; empty if there is one. */
  public abstract String getProblem();

  String toJson() {
    return JSON.createObjectNode()
        .put("cid", getCid())
        .put("rows", getRows())
        .put("bytes", getBytes())
        .put("problem", getProblem())
        .toString();
  }

  /**
   * Reads the text of an action.
   *
   * @throws MalformedContentException if it is none
   */
  public static ConvertedFile fromJson(String json) throws MalformedContentException {
    try {
      JsonNode fields = JSON.readTree(json);
      return of(
          fields.path("cid").asText(),
          fields.path("rows").asLong(),
          fields.path("bytes").asLong(),
          fields.path("problem").asText());
    } catch (JsonProcessingException e) {
      throw new MalformedContentException("Cannot read conversion: " + json + " (as written)", e);
    }
  }
}
