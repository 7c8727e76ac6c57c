package dev.cairn.pipelines;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.dataset.CanonicalJson;
import dev.cairn.transforms.index.IndexTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.index.VectorSimilarityFunction;

/**
 * What an index says of itself: a folder with this as {@link #FILE}, and a folder {@link #LUCENE}
 * that Lucene opens.
 *
 * @param dataset whose chunks are in it
 * @param dimension of their vectors
 * @param nearness by which these are compared
 * @param groups in the order of the dataset's chunks
 */
public record IndexManifest(
    Cid dataset, int dimension, VectorSimilarityFunction nearness, List<Group> groups) {
  static final String FILE = "index.json";
  public static final String LUCENE = "lucene";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The kind of index, and what search must know of it. */
  private static final String KIND = "cairn-index";

  public IndexManifest {
    groups = List.copyOf(groups);
  }

  /**
   * Files of chunks that were indexed together.
   *
   * @param key that of {@link IndexTask}
   * @param chunks the CIDs of the files
   * @param rows of them
   * @param segments of Lucene's, in the order of the rows
   */
  public record Group(String key, List<Cid> chunks, long rows, List<String> segments) {
    public Group {
      chunks = List.copyOf(chunks);
      segments = List.copyOf(segments);
    }
  }

  /**
   * The manifest of an index in a store.
   *
   * @throws TargetNotFoundException if the CID is no index
   */
  public static IndexManifest read(BlockStore store, Cid index) throws IOException {
    return fromJson(Manifests.bytes(store, index, "an index", FILE));
  }

  byte[] toJson() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("kind", KIND);
    fields.put("format", IndexTask.FORMAT);
    fields.put("dataset", dataset.toString());
    fields.put("dimension", dimension);
    fields.put("nearness", nearness.name());
    List<Object> all = new ArrayList<>();
    for (Group group : groups) {
      all.add(
          new TreeMap<>(
              Map.of(
                  "key", group.key(),
                  "chunks", group.chunks().stream().map(Cid::toString).toList(),
                  "rows", group.rows(),
                  "segments", group.segments())));
    }
    fields.put("groups", all);
    return CanonicalJson.write(fields);
  }

  private static IndexManifest fromJson(byte[] json) throws MalformedContentException {
    try {
      JsonNode fields = JSON.readTree(new String(json, StandardCharsets.UTF_8));
      String kind = fields.path("kind").asText() + " " + fields.path("format").asText();
      if (!kind.equals(KIND + " " + IndexTask.FORMAT)) {
        throw new MalformedContentException(
            "Cannot read index: "
                + kind
                + " ("
                + KIND
                + " "
                + IndexTask.FORMAT
                + ": cairn index makes one)");
      }
      List<Group> groups = new ArrayList<>();
      for (JsonNode group : fields.required("groups")) {
        List<Cid> chunks = new ArrayList<>();
        for (JsonNode file : group.required("chunks")) {
          chunks.add(Cid.parse(file.asText()));
        }
        List<String> segments = new ArrayList<>();
        group.required("segments").forEach(name -> segments.add(name.asText()));
        groups.add(
            new Group(
                group.required("key").asText(), chunks, group.required("rows").asLong(), segments));
      }
      return new IndexManifest(
          Cid.parse(fields.required("dataset").asText()),
          fields.required("dimension").asInt(),
          VectorSimilarityFunction.valueOf(fields.required("nearness").asText()),
          groups);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new MalformedContentException(
          "Cannot read index: " + FILE + " (" + e.getMessage() + ")", e);
    }
  }
}
