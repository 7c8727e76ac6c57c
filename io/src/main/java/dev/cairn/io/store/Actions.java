package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was computed before: small texts by the digest of all that went into them. An action is a
 * cache and no more: one that cannot be read whole is a miss. It keeps the objects that it names
 * for 14 days; later it goes with them, unless something else keeps all of them.
 *
 * <p>Safe for use by several threads and processes; of two that write one key the last stays.
 */
public final class Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
  static final String FOLDER = "actions";

  private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,127}");

  private final Home home;

  Actions(Home home) {
    this.home = home;
  }

  /**
   * The value of a key, empty if there is none that is whole.
   *
   * @param key lower-case letters, digits, {@code _} and {@code -}, at most 128
   */
  public Optional<String> get(String key) throws IOException {
    if (!home.exists()) {
      return Optional.empty();
    }
    try {
      String body = read(key);
      return Optional.of(body.substring(body.indexOf('\n') + 1));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IntegrityException e) {
      LOG.warn("Action is computed again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Keeps a value, durably.
   *
   * @param value text of at most {@link SmallFile#MAX_BYTES} bytes with key and objects
   * @param objects roots of what the value names; their blocks must be sealed before
   */
  public void put(String key, String value, List<Cid> objects) throws IOException {
    String names = objects.stream().map(Cid::toString).collect(Collectors.joining(" "));
    byte[] bytes = SmallFile.encode(title(key), names + '\n' + value);
    Path file = file(key);
    home.openForWriting();
    home.writeDurably(file, bytes);
  }

  /** The keys of all actions. */
  public List<String> keys() throws IOException {
    List<String> keys = new ArrayList<>();
    for (String file : home.disk().list(home.folder(FOLDER))) {
      if (KEY.matcher(file).matches()) {
        keys.add(file);
      }
    }
    return keys;
  }

  /** The objects that an action names; none if it is gone or damaged. */
  List<Cid> objects(String key) throws IOException {
    List<Cid> objects = new ArrayList<>();
    try {
      String names = read(key).lines().findFirst().orElse("");
      for (String name : names.isEmpty() ? new String[0] : names.split(" ", -1)) {
        objects.add(Cid.parse(name));
      }
      return objects;
    } catch (NoSuchFileException | IntegrityException | MalformedContentException e) {
      LOG.debug("Action keeps nothing: {}", key, e);
      return List.of();
    }
  }

  /** When an action was written; the epoch if it is gone. */
  Instant written(String key) throws IOException {
    return home.changed(file(key));
  }

  /** Deletes actions, durably; what they kept goes with the next collection. */
  public void remove(Collection<String> keys) throws IOException {
    for (String key : keys) {
      home.disk().delete(file(key));
    }
    home.disk().forceFolder(home.folder(FOLDER));
  }

  private String read(String key) throws IOException {
    return SmallFile.read(home.disk(), file(key), title(key));
  }

  private Path file(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("Cannot use action key: " + key + " (" + KEY + ")");
    }
    return home.folder(FOLDER).resolve(key);
  }

  private static String title(String key) {
    return "cairn-action " + key;
  }
}
