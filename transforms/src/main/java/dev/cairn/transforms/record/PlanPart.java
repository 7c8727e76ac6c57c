package dev.cairn.transforms.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auto.value.AutoValue;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.schemas.AutoValueSchema;
import org.apache.beam.sdk.schemas.annotations.DefaultSchema;
import org.apache.beam.sdk.schemas.annotations.SchemaCreate;

/** What planning a batch of files gave: objects in the store, by CID. */
@AutoValue
@DefaultSchema(AutoValueSchema.class)
public abstract class PlanPart {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A part; see the accessors. */
  @SchemaCreate
  public static PlanPart of(String key, List<String> runs, String deadLetters, long records) {
    return new AutoValue_PlanPart(key, runs, deadLetters, records);
  }

  /** The batch's {@link FileBatch#key}. */
  public abstract String key();

  /** CIDs of its addresses, each object sorted by itself. */
  public abstract List<String> runs();

  /** CID of its dead letters, sorted by file; empty if it has none. */
  public abstract String deadLetters();

  /** How many addresses it has. */
  public abstract long records();

  /** The action under which a batch's part is kept. */
  public static String action(String key) {
    return "plan-" + key;
  }

  /** The part as an action's value. */
  public String toJson() {
    ObjectNode node = JSON.createObjectNode().put("records", records());
    runs().forEach(node.putArray("runs")::add);
    return node.put("dead_letters", deadLetters()).toString();
  }

  /** Reads an action's value. */
  public static PlanPart fromJson(String key, String json) throws MalformedContentException {
    try {
      JsonNode node = JSON.readTree(json);
      List<String> runs = new ArrayList<>();
      node.required("runs").forEach(run -> runs.add(run.textValue()));
      String deadLetters = node.required("dead_letters").textValue();
      return of(key, runs, deadLetters, node.required("records").longValue());
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new MalformedContentException("Cannot read plan part: " + key + " (as written)", e);
    }
  }

  /** All objects of the part. */
  public List<Cid> objects() throws MalformedContentException {
    List<Cid> cids = new ArrayList<>();
    for (String run : runs()) {
      cids.add(Cid.parse(run));
    }
    if (!deadLetters().isEmpty()) {
      cids.add(Cid.parse(deadLetters()));
    }
    return cids;
  }
}
