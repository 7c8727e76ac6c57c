package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.UnixFs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is in the tables of a dataset, each value as text. */
public final class TableRows {
  private TableRows() {}

  public static Manifest manifest(StorePolicy policy, @Nullable String dataset) throws IOException {
    try (TieredStore store = policy.open()) {
      return Manifests.read(store, Cid.parse(String.valueOf(dataset)));
    }
  }

  public static List<List<String>> read(StorePolicy policy, @Nullable String dataset, String table)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (TieredStore store = policy.open()) {
      for (DataFile file : manifest(policy, dataset).table(table)) {
        try (ParquetTableReader reader =
            ParquetTableReader.open(new UnixFs(store).open(file.cid()))) {
          for (@Nullable Object[] row = reader.next(); row != null; row = reader.next()) {
            rows.add(Arrays.stream(row).map(String::valueOf).toList());
          }
        }
      }
    }
    return rows;
  }

  /** The same of some columns only. */
  static List<List<String>> columns(
      StorePolicy policy, @Nullable String dataset, String table, List<String> columns)
      throws IOException {
    TableSchema schema;
    try (TieredStore store = policy.open();
        ParquetTableReader reader =
            ParquetTableReader.open(
                new UnixFs(store).open(manifest(policy, dataset).table(table).get(0).cid()))) {
      schema = reader.schema();
    }
    return read(policy, dataset, table).stream()
        .map(row -> columns.stream().map(column -> row.get(schema.indexOf(column))).toList())
        .toList();
  }
}
