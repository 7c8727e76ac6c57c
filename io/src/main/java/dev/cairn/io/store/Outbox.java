package dev.cairn.io.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be delivered to a node, one small file a root (storage.md, 7). An entry is
 * durable before its delivery is tried, is removed only after the node was proven to hold the root,
 * and keeps all below it through gc.
 *
 * <p>Safe for use by several threads and processes: two may deliver one root at once, each of whose
 * steps can be repeated. A damaged file is an {@link IntegrityException} that names it.
 */
public final class Outbox {
  static final String FOLDER = "outbox";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;
  private final RootFolder files;

  Outbox(Home home) {
    this.home = home;
    this.files = new RootFolder(home, FOLDER, "cairn-outbox");
  }

  /**
   * Queues a root, durably. One that waits already waits since when it did.
   *
   * @param node the node's peer id, or empty if it is not known
   * @param pin the name that it is to be pinned under
   */
  public OutboxEntry add(Cid root, String node, String pin) throws IOException {
    OutboxEntry present = get(root);
    Instant since = present == null ? home.machine().now() : present.since();
    OutboxEntry entry = new OutboxEntry(root, node, pin, since, "");
    put(entry);
    return entry;
  }

  /** Writes an entry, durably, in the place of the one of its root. */
  public void put(OutboxEntry entry) throws IOException {
    files.write(
        entry.root(),
        JSON.createObjectNode()
            .put("root", entry.root().toString())
            .put("node", entry.node())
            .put("pin", entry.pin())
            .put("since", entry.since().toString())
            .put("refusal", entry.refusal())
            .toString());
  }

  /**
   * Removes an entry, durably: its root was delivered.
   *
   * @return false if there was none
   */
  public boolean remove(Cid root) throws IOException {
    return files.remove(root);
  }

  /** The entry of this root, under any version of its CID; null if there is none. */
  public @Nullable OutboxEntry get(Cid root) throws IOException {
    return entry(RootFolder.name(root), files.read(root));
  }

  /** All entries, the oldest first. */
  public List<OutboxEntry> list() throws IOException {
    List<OutboxEntry> entries = new ArrayList<>();
    for (String name : names()) {
      OutboxEntry entry = read(name);
      if (entry != null) {
        entries.add(entry);
      }
    }
    entries.sort(Comparator.comparing(OutboxEntry::since).thenComparing(OutboxEntry::root));
    return entries;
  }

  /** The names of all entries' files. */
  List<String> names() throws IOException {
    return files.names();
  }

  /** The entry in a file; null if it was removed meanwhile. */
  @Nullable OutboxEntry read(String name) throws IOException {
    return entry(name, files.read(name));
  }

  private @Nullable OutboxEntry entry(String name, @Nullable String body)
      throws IntegrityException {
    if (body == null) {
      return null;
    }
    try {
      JsonNode entry = JSON.readTree(body);
      return new OutboxEntry(
          Cid.parse(entry.path("root").asText()),
          entry.path("node").asText(),
          entry.path("pin").asText(),
          Instant.parse(entry.path("since").asText()),
          entry.path("refusal").asText());
    } catch (JsonProcessingException | MalformedContentException | DateTimeException e) {
      throw new IntegrityException(
          "Cannot read outbox entry: " + files.file(name) + " (root, node, pin, since, refusal)",
          null,
          e);
    }
  }
}
