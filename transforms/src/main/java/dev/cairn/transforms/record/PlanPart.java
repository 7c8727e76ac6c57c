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
import java.util.Map;
import java.util.TreeMap;
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
  public static PlanPart of(
      String key,
      String listed,
      List<String> runs,
      String deadLetters,
      String containers,
      String unpacked,
      long records,
      long references,
      Map<String, Long> failures) {
    return new AutoValue_PlanPart(
        key, listed, runs, deadLetters, containers, unpacked, records, references, failures);
  }

  /** The batch's {@link FileBatch#getKey}. */
  public abstract String getKey();

  /** CID of the listing of its files. */
  public abstract String getListed();

  /** CIDs of its addresses, each object sorted by itself. */
  public abstract List<String> getRuns();

  /** CID of its dead letters, sorted by file; empty if it has none. */
  public abstract String getDeadLetters();

  /** CID of its files that hold several records, as a listing; empty if it has none. */
  public abstract String getContainers();

  /** CID of a folder of what was unpacked, where addresses point to; empty if it has none. */
  public abstract String getUnpacked();

  /** How many addresses it has. */
  public abstract long getRecords();

  /** How many of them refer to another record. */
  public abstract long getReferences();

  /** Dead letters by code. */
  public abstract Map<String, Long> getFailures();

  /** The action under which a batch's part is kept. */
  public static String action(String key) {
    return "plan-" + key;
  }

  /** The part as an action's value. */
  public String toJson() {
    ObjectNode node =
        JSON.createObjectNode()
            .put("listed", getListed())
            .put("records", getRecords())
            .put("references", getReferences());
    getRuns().forEach(node.putArray("runs")::add);
    ObjectNode failures = node.putObject("failures");
    getFailures().forEach(failures::put);
    return node.put("dead_letters", getDeadLetters())
        .put("containers", getContainers())
        .put("unpacked", getUnpacked())
        .toString();
  }

  /** Reads an action's value. */
  public static PlanPart fromJson(String key, String json) throws MalformedContentException {
    try {
      JsonNode node = JSON.readTree(json);
      List<String> runs = new ArrayList<>();
      node.required("runs").forEach(run -> runs.add(run.textValue()));
      String deadLetters = node.required("dead_letters").textValue();
      Map<String, Long> failures = new TreeMap<>();
      node.required("failures")
          .properties()
          .forEach(e -> failures.put(e.getKey(), e.getValue().longValue()));
      String containers = node.required("containers").textValue();
      String unpacked = node.required("unpacked").textValue();
      long records = node.required("records").longValue();
      long references = node.required("references").longValue();
      String listed = node.required("listed").textValue();
      return of(
          key, listed, runs, deadLetters, containers, unpacked, records, references, failures);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new MalformedContentException("Cannot read plan part: " + key + " (as written)", e);
    }
  }

  /** All objects of the part. */
  public List<Cid> objects() throws MalformedContentException {
    List<Cid> cids = new ArrayList<>();
    for (String run : getRuns()) {
      cids.add(Cid.parse(run));
    }
    for (String object : List.of(getListed(), getDeadLetters(), getContainers(), getUnpacked())) {
      if (!object.isEmpty()) {
        cids.add(Cid.parse(object));
      }
    }
    return cids;
  }
}
