package dev.cairn.io.store;

import dev.cairn.io.block.IntegrityException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was computed before: small texts by the digest of all that went into them. An action is a
 * cache and no more: one that cannot be read whole is a miss.
 *
 * <p>Safe for use by several threads and processes; of two that write one key the last stays.
 */
public final class Actions {
  private static final Logger LOG = LoggerFactory.getLogger(Actions.class);
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
      return Optional.of(SmallFile.read(home.disk(), file(key), title(key)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IntegrityException e) {
      LOG.warn("Action is computed again: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Keeps a value, durably. Blocks that it names must be sealed before.
   *
   * @param value text of at most {@link SmallFile#MAX_BYTES} bytes with the key
   */
  public void put(String key, String value) throws IOException {
    byte[] bytes = SmallFile.encode(title(key), value);
    Path file = file(key);
    home.openForWriting();
    home.writeDurably(file, bytes);
  }

  private Path file(String key) {
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("Cannot use action key: " + key + " (" + KEY + ")");
    }
    return home.folder("actions").resolve(key);
  }

  private static String title(String key) {
    return "cairn-action " + key;
  }
}
