package dev.cairn.pipelines.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A page that was fetched.
 *
 * @param scan the run that began the scan
 * @param time when it was fetched
 * @param content its records, one a line
 * @param records how many
 * @param next the query of the page after it; null if nothing more is wanted
 * @param end true if the listing ends with it
 */
record ScanPage(
    String scan, Instant time, Cid content, long records, @Nullable String next, boolean end) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  String toJson() {
    ObjectNode fields = JSON.createObjectNode();
    fields.put("scan", scan);
    fields.put("time", time.toString());
    fields.put("content", content.toString());
    fields.put("records", records);
    fields.put("end", end);
    if (next != null) {
      fields.put("next", next);
    }
    return fields.toString();
  }

  static ScanPage fromJson(String json) throws MalformedContentException {
    try {
      JsonNode fields = JSON.readTree(json);
      return new ScanPage(
          fields.path("scan").asText(),
          Instant.parse(fields.path("time").asText()),
          Cid.parse(fields.path("content").asText()),
          fields.path("records").asLong(),
          fields.has("next") ? fields.path("next").asText() : null,
          fields.path("end").asBoolean());
    } catch (JsonProcessingException | DateTimeException e) {
      throw new MalformedContentException("Cannot read page of scan: " + json + " (as written)", e);
    }
  }
}
