package dev.cairn.io.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Home home;

  Pins(Home home) {
    this.home = home;
  }

  /** Pins a DAG, durably. A pin that is there and holds as long stays as it is. */
  public Pin add(Cid cid, Pin.Kind kind, String why) throws IOException {
    Pin present = get(cid);
    if (present != null && present.kind().compareTo(kind) <= 0) {
      // Another process may have only just renamed it.
      home.openForWriting();
      home.disk().forceFolder(home.folder("pins"));
      return present;
    }
    Pin pin = new Pin(cid, kind, why);
    String body =
        JSON.createObjectNode()
            .put("cid", cid.toString())
            .put("kind", kind.name().toLowerCase(Locale.ROOT))
            .put("why", why)
            .toString();
    byte[] bytes = SmallFile.encode(title(cid), body);
    home.openForWriting();
    home.writeDurably(file(cid), bytes);
    return pin;
  }

  /**
   * Removes a pin, durably.
   *
   * @return false if there was none
   */
  public boolean remove(Cid cid) throws IOException {
    if (!home.exists()) {
      return false;
    }
    // Needs no registered writer, and so no room: on a full disk it comes before gc.
    boolean present = home.disk().exists(file(cid));
    home.disk().delete(file(cid));
    if (home.disk().exists(home.folder("pins"))) {
      // Also if it is gone: another process may have only just deleted it.
      home.disk().forceFolder(home.folder("pins"));
    }
    return present;
  }

  /** The pin of this root, under any version of its CID; null if there is none. */
  public @Nullable Pin get(Cid cid) throws IOException {
    return home.exists() ? read(name(cid)) : null;
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
    return home.exists() ? home.disk().list(home.folder("pins")) : List.of();
  }

  /** The pin in a file; null if it was removed meanwhile. */
  @Nullable Pin read(String name) throws IOException {
    Path file = home.folder("pins").resolve(name);
    String body;
    try {
      body = SmallFile.read(home.disk(), file, "cairn-pin " + name);
    } catch (NoSuchFileException e) {
      return null;
    }
    try {
      JsonNode pin = JSON.readTree(body);
      return new Pin(
          Cid.parse(pin.path("cid").asText()),
          Pin.Kind.valueOf(pin.path("kind").asText().toUpperCase(Locale.ROOT)),
          pin.path("why").asText());
    } catch (JsonProcessingException | MalformedContentException | IllegalArgumentException e) {
      throw new IntegrityException("Cannot read pin: " + file + " (cid, kind, why)", null, e);
    }
  }

  /** Base32 has one case: some file systems do not tell base58's two apart. */
  private static String name(Cid cid) {
    return Cid.v1(cid.codec(), cid.multihash()).toString();
  }

  private static String title(Cid cid) {
    return "cairn-pin " + name(cid);
  }

  private Path file(Cid cid) {
    return home.folder("pins").resolve(name(cid));
  }
}
