package dev.cairn.io.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The store's pins, one small file each. That a DAG is whole before it is pinned is for the caller
 * to see to.
 *
 * <p>Safe for use by several threads and processes; of two that write one pin at once the last
 * stays. A damaged file is an {@link IntegrityException} that names it.
 */
public final class Pins {
  static final String FOLDER = "pins";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;
  private final RootFolder files;

  Pins(Home home) {
    this.home = home;
    this.files = new RootFolder(home, FOLDER, "cairn-pin");
  }

  /** Pins a DAG, durably. A pin that is there and holds as long stays as it is. */
  public Pin add(Cid cid, Pin.Kind kind, String why) throws IOException {
    Pin present = get(cid);
    if (present != null && present.kind().compareTo(kind) <= 0) {
      // Another process may have only just renamed it.
      home.openForWriting();
      files.force();
      return present;
    }
    return put(cid, kind, why);
  }

  /** Pins a DAG for this reason, durably, whatever pin it had. */
  public Pin put(Cid cid, Pin.Kind kind, String why) throws IOException {
    files.write(
        cid,
        JSON.createObjectNode()
            .put("cid", cid.toString())
            .put("kind", kind.name().toLowerCase(Locale.ROOT))
            .put("why", why)
            .toString());
    return new Pin(cid, kind, why);
  }

  /**
   * Removes a pin, durably.
   *
   * @return false if there was none
   */
  public boolean remove(Cid cid) throws IOException {
    return files.remove(cid);
  }

  /** The pin of this root, under any version of its CID; null if there is none. */
  public @Nullable Pin get(Cid cid) throws IOException {
    return pin(RootFolder.name(cid), files.read(cid));
  }

  /** All pins, sorted by CID. */
  public List<Pin> list() throws IOException {
    List<Pin> pins = new ArrayList<>();
    for (String name : names()) {
      Pin pin = read(name);
      if (pin != null) {
        pins.add(pin);
      }
    }
    pins.sort(Comparator.comparing(Pin::cid));
    return pins;
  }

  /** The names of all pin files. */
  List<String> names() throws IOException {
    return files.names();
  }

  /** The pin in a file; null if it was removed meanwhile. */
  @Nullable Pin read(String name) throws IOException {
    return pin(name, files.read(name));
  }

  private @Nullable Pin pin(String name, @Nullable String body) throws IntegrityException {
    if (body == null) {
      return null;
    }
    try {
      JsonNode pin = JSON.readTree(body);
      return new Pin(
          Cid.parse(pin.path("cid").asText()),
          Pin.Kind.valueOf(pin.path("kind").asText().toUpperCase(Locale.ROOT)),
          pin.path("why").asText());
    } catch (JsonProcessingException | MalformedContentException | IllegalArgumentException e) {
      throw new IntegrityException(
          "Cannot read pin: " + files.file(name) + " (cid, kind, why)", null, e);
    }
  }
}
