package dev.cairn.io.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ids of records that no run may take in any more: sealed or withdrawn ones. One small file
 * each, named by the hash of the id. Safe for use by several threads and processes. A damaged file
 * is an {@link IntegrityException} that names it: then nothing may go on as if it were not there.
 */
public final class Forgotten {
  static final String FOLDER = "forgotten";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RootFolder files;

  /**
   * An id that is forgotten.
   *
   * @param since when that was said
   */
  public record Entry(String id, String reason, Instant since) {}

  Forgotten(Home home) {
    this.files = new RootFolder(home, FOLDER, "cairn-forgotten");
  }

  /** Adds an id, durably; one that is there stays as it is. */
  public void add(String id, String reason) throws IOException {
    Cid name = Cid.hashOf(Codec.RAW, id.getBytes(StandardCharsets.UTF_8));
    if (files.read(name) != null) {
      files.force();
      return;
    }
    files.write(
        name,
        JSON.createObjectNode()
            .put("id", id)
            .put("reason", reason)
            .put("since", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString())
            .toString());
  }

  /** All entries, sorted by id. */
  public List<Entry> list() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String name : files.names()) {
      String body = files.read(name);
      if (body != null) {
        entries.add(entry(name, body));
      }
    }
    entries.sort(Comparator.comparing(Entry::id));
    return entries;
  }

  /** The ids of all entries. */
  public Set<String> ids() throws IOException {
    Set<String> ids = new TreeSet<>();
    list().forEach(entry -> ids.add(entry.id()));
    return ids;
  }

  private Entry entry(String name, String body) throws IntegrityException {
    try {
      JsonNode fields = JSON.readTree(body);
      return new Entry(
          fields.path("id").asText(),
          fields.path("reason").asText(),
          Instant.parse(fields.path("since").asText()));
    } catch (JsonProcessingException | DateTimeException e) {
      throw new IntegrityException(
          "Cannot read forgotten id: " + files.file(name) + " (id, reason, since)", null, e);
    }
  }
}
