package dev.cairn.pipelines;

import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.transforms.embed.ShardFiles;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.record.DocumentTable;
import dev.cairn.transforms.record.SideTable;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Points the rows of side tables at documents, once all shards are there. A file is written again
 * only if one of its rows points elsewhere than it says: what a name means may change with any
 * document of the dataset, but seldom does. Memory is that of {@link NameIndex}.
 */
final class LinkAct {
  private final EmbedConfig config;
  private final LocalStore store;
  private final UnixFs files;

  LinkAct(EmbedConfig config, LocalStore store) {
    this.config = config;
    this.store = store;
    this.files = new UnixFs(store);
  }

  /** The shards with their side tables as they are in the dataset. */
  List<KnownShard> link(List<KnownShard> shards) throws IOException {
    List<KnownShard> linked = shards;
    for (SideTable table : config.source().sideTables()) {
      linked = link(table, linked);
    }
    return linked;
  }

  private List<KnownShard> link(SideTable table, List<KnownShard> shards) throws IOException {
    NameIndex names = names(table, shards);
    List<KnownShard> linked = new ArrayList<>();
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      for (KnownShard shard : shards) {
        DataFile file = shard.tables().get(table.name());
        if (file == null || isLinked(table, file, names)) {
          linked.add(shard);
        } else {
          SortedMap<String, DataFile> tables = new TreeMap<>(shard.tables());
          tables.put(table.name(), write(table, file, names, objects));
          linked.add(shard.withTables(tables));
        }
      }
      writer.seal();
    }
    return linked;
  }

  private NameIndex names(SideTable table, List<KnownShard> shards) throws IOException {
    List<String> columns = new ArrayList<>(List.of("id"));
    columns.addAll(table.namingColumns());
    TableSchema schema = DocumentTable.of(config.source()).schema().project(columns);
    NameIndex names = new NameIndex();
    for (KnownShard shard : shards) {
      DataFile documents = shard.tables().get(ShardReceipt.DOCUMENTS);
      if (documents != null) {
        try (ParquetTableReader rows =
            ParquetTableReader.open(files.open(documents.cid()), schema)) {
          for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
            names.document(String.valueOf(row[0]));
            @Nullable Object[] values = new Object[row.length - 1];
            System.arraycopy(row, 1, values, 0, values.length);
            table.namesOf(values).forEach(names::name);
          }
        }
      }
    }
    return names;
  }

  private boolean isLinked(SideTable table, DataFile file, NameIndex names) throws IOException {
    TableSchema schema = table.schema().project(List.of(table.nameColumn(), table.targetColumn()));
    try (ParquetTableReader rows = ParquetTableReader.open(files.open(file.cid()), schema)) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        if (!Objects.equals(names.find(String.valueOf(row[0])), row[1])) {
          return false;
        }
      }
      return true;
    }
  }

  private DataFile write(SideTable table, DataFile file, NameIndex names, UnixFsWriter objects)
      throws IOException {
    TableSchema schema = table.schema();
    int name = schema.indexOf(table.nameColumn());
    int target = schema.indexOf(table.targetColumn());
    FileWriter out = objects.file();
    try (ParquetTableReader rows = ParquetTableReader.open(files.open(file.cid()), schema);
        ParquetTableWriter linked =
            ParquetTableWriter.open(out, schema, ShardFiles.groups(table.name()))) {
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        row[target] = names.find(String.valueOf(row[name]));
        linked.write(row);
      }
    }
    Written written = out.finish();
    return new DataFile(file.path(), written.cid(), file.rows(), written.size());
  }
}
