package dev.cairn.io.dataset;

import dev.cairn.io.cid.MalformedContentException;
import dev.cairn.io.cid.Multihash;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A share of the records by key, as the manifest lists it: one file in each table that has rows of
 * it.
 *
 * @param boundary its last key if that ends it, null for the open shard at the end
 * @param key its action key: 64 hexadecimal digits
 * @param tables its files by table name, sorted
 */
public record Shard(@Nullable String boundary, String key, SortedMap<String, DataFile> tables) {
  /** The name of the open shard at the end. */
  public static final String TAIL = "tail";

  /** Bytes of the boundary's SHA-256 in a name: 128 bits keep names apart. */
  private static final int NAME_BYTES = 16;

  private static final String WHAT = "shard";
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TABLE = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  public Shard {
    tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("Cannot list shard: key " + key + " (64 hex digits)");
    }
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("Cannot list shard: " + key + " (at least one file)");
    }
    tables.keySet().forEach(Shard::checkTable);
  }

  public static Shard of(@Nullable String boundary, String key, Map<String, DataFile> tables) {
    return new Shard(boundary, key, new TreeMap<>(tables));
  }

  /** The name of a shard's files, without their ending: the hash of its boundary, or tail. */
  public static String nameOf(@Nullable String boundary) {
    if (boundary == null) {
      return TAIL;
    }
    byte[] hash = Multihash.sha256(boundary.getBytes(StandardCharsets.UTF_8)).digest();
    return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
  }

  /** The name of its files, without their ending. */
  public String name() {
    return nameOf(boundary);
  }

  static void checkTable(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "Cannot name table: '" + table + "' (" + TABLE.pattern() + ")");
    }
  }

  SortedMap<String, Object> toJson() {
    SortedMap<String, Object> fields = new TreeMap<>();
    if (boundary != null) {
      fields.put("boundary", boundary);
    }
    fields.put("key", key);
    fields.put("name", name());
    fields.put("tables", filesToJson(tables));
    return fields;
  }

  static Shard fromJson(Object value) throws MalformedContentException {
    JsonFields fields = JsonFields.of(WHAT, value);
    String boundary = fields.textOrNull("boundary");
    String name = fields.text("name");
    Shard shard = of(boundary, fields.text("key"), filesFromJson(fields.map("tables")));
    fields.end();
    if (!name.equals(shard.name())) {
      throw new MalformedContentException("Cannot read shard: " + name + " (" + shard.name() + ")");
    }
    return shard;
  }

  static SortedMap<String, Object> filesToJson(SortedMap<String, DataFile> files) {
    SortedMap<String, Object> json = new TreeMap<>();
    files.forEach((table, file) -> json.put(table, file.toJson()));
    return json;
  }

  static SortedMap<String, DataFile> filesFromJson(SortedMap<String, Object> json)
      throws MalformedContentException {
    SortedMap<String, DataFile> files = new TreeMap<>();
    for (Map.Entry<String, Object> entry : json.entrySet()) {
      files.put(entry.getKey(), DataFile.fromJson(entry.getValue()));
    }
    return files;
  }
}
