package dev.cairn.transforms.record;

import dev.cairn.io.format.JsonRecords.Layout;
import java.util.Locale;
import java.util.Optional;

/**
 * What a file's name says of its content.
 *
 * @param layout how records lie in it
 * @param gzip true if it must be unpacked before a record has a place in it
 */
record FileKind(Layout layout, boolean gzip) {
  /** The names that are read, for messages. */
  static final String READ = ".json, .jsonl or .ndjson, plain or .gz";

  private static final String GZIP = ".gz";

  /** The kind of a file, or nothing if it is none that is read. */
  static Optional<FileKind> of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    boolean gzip = name.endsWith(GZIP);
    String plain = gzip ? name.substring(0, name.length() - GZIP.length()) : name;
    if (plain.endsWith(".json")) {
      return Optional.of(new FileKind(Layout.VALUES, gzip));
    }
    if (plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return Optional.of(new FileKind(Layout.LINES, gzip));
    }
    return Optional.empty();
  }
}
