package dev.cairn.pipelines;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.table.Column;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A first look into the tables of a dataset. */
public final class DatasetTables {
  /** Characters of a value that are shown at most. */
  private static final int SHOWN_CHARS = 60;

  /**
   * A table.
   *
   * @param columns names with types
   * @param first its first rows, values cut to what a line can show
   */
  public record Table(
      String name, long rows, List<String> columns, List<Map<String, String>> first) {}

  private final UnixFs files;
  private final Manifest manifest;

  public DatasetTables(BlockStore store, Manifest manifest) {
    this.files = new UnixFs(store);
    this.manifest = manifest;
  }

  /** All tables with at most {@code count} rows each. */
  public List<Table> read(int count) throws IOException {
    TreeSet<String> names = new TreeSet<>(manifest.files().keySet());
    manifest.shards().forEach(shard -> names.addAll(shard.tables().keySet()));
    List<Table> tables = new ArrayList<>();
    for (String name : names) {
      tables.add(read(name, manifest.table(name), count));
    }
    return tables;
  }

  private Table read(String name, List<DataFile> parts, int count) throws IOException {
    long rows = parts.stream().mapToLong(DataFile::rows).sum();
    try (ParquetTableReader reader = ParquetTableReader.open(files.open(parts.get(0).cid()))) {
      List<String> columns = reader.schema().columns().stream().map(Column::toString).toList();
      List<Map<String, String>> first = new ArrayList<>();
      @Nullable Object[] row = reader.next();
      while (row != null && first.size() < count) {
        first.add(shown(reader.schema(), row));
        row = reader.next();
      }
      return new Table(name, rows, columns, first);
    }
  }

  private static Map<String, String> shown(TableSchema schema, @Nullable Object[] row) {
    Map<String, String> shown = new LinkedHashMap<>();
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null) {
        shown.put(schema.columns().get(i).name(), cut(text(row[i])));
      }
    }
    return shown;
  }

  private static String text(@Nullable Object value) {
    if (value instanceof float[] vector) {
      return Arrays.toString(Arrays.copyOf(vector, Math.min(3, vector.length)));
    }
    if (value instanceof Object[] struct) {
      return Arrays.stream(struct).map(DatasetTables::text).toList().toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().limit(3).map(DatasetTables::text).toList().toString();
    }
    return String.valueOf(value);
  }

  private static String cut(String text) {
    String line = text.replace('\n', ' ');
    return line.codePointCount(0, line.length()) <= SHOWN_CHARS
        ? line
        : line.substring(0, line.offsetByCodePoints(0, SHOWN_CHARS)) + "...";
  }
}
