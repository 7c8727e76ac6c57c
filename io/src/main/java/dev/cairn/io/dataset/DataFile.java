package dev.cairn.io.dataset;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.MalformedContentException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file of a table, as the manifest lists it.
 *
 * @param path below the dataset's folder, with slashes
 * @param cid of the file
 * @param rows at least one: a table without rows has no file
 * @param bytes of the file
 */
public record DataFile(String path, Cid cid, long rows, long bytes) {
  private static final String WHAT = "data file";

  public DataFile {
    checkPath(path);
    if (rows < 1 || bytes < 1) {
      throw new IllegalArgumentException(
          "Cannot list file: " + path + " (" + rows + " rows, " + bytes + " bytes; at least 1)");
    }
  }

  /** Where a shard's file of a table lies: dead letters beside the data, not in it. */
  public static String pathOf(String table, String shard) {
    String folder = table.equals(DeadLetter.TABLE) ? table : "data/" + table;
    return folder + "/" + shard + ".parquet";
  }

  SortedMap<String, Object> toJson() {
    return new TreeMap<>(Map.of("path", path, "cid", cid.toString(), "rows", rows, "bytes", bytes));
  }

  static DataFile fromJson(Object value) throws MalformedContentException {
    JsonFields fields = JsonFields.of(WHAT, value);
    DataFile file =
        new DataFile(
            fields.text("path"), fields.cid("cid"), fields.count("rows"), fields.count("bytes"));
    fields.end();
    return file;
  }

  /** Folders are written by these paths, so none may lead out of its dataset. */
  private static void checkPath(String path) {
    for (String name : path.split("/", -1)) {
      boolean plain = name.chars().allMatch(c -> c > ' ' && c <= '~' && c != '\\');
      if (name.isEmpty() || name.startsWith(".") || !plain) {
        throw new IllegalArgumentException(
            "Cannot list file: " + path + " (a relative path of plain names)");
      }
    }
  }
}
