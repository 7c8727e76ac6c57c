package dev.cairn.pipelines.history;

import dev.cairn.io.block.BlockStore;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.ManifestBuilder;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.format.ParquetTableReader;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.table.TableSchema;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.pipelines.ChunkTokens;
import dev.cairn.pipelines.DatasetTree;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.ErrorFile;
import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.embed.ShardFiles;
import dev.cairn.transforms.embed.ShardReceipt;
import dev.cairn.transforms.hub.HubSource;
import dev.cairn.transforms.record.SystemTemp;
import dev.cairn.transforms.table.TableSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a dataset the same one without some documents, from its rows alone: its input is not
 * needed. It says of itself that documents were withdrawn, so that the next run makes the dataset
 * anew, as from scratch but for the vectors that stayed.
 */
final class WithoutIds {
  private static final Map<String, DatasetCard> CARDS =
      Map.of(
          CaselawSource.NAME, new CaselawSource().card(),
          HubSource.NAME, new HubSource().card(),
          TableSource.NAME, TableSource.cardOfAny());

  /** Columns that hold ids of documents, in any table. */
  private static final List<String> OWNERS = List.of("id", "from_id");

  private static final String TARGET = "to_id";
  private static final String TOKENS = "tokens";

  private final LocalStore store;
  private BlockStore blocks;
  private UnixFs files;
  private final Set<String> ids;
  private final ManifestBuilder manifest = Manifest.builder();

  /** What is left of the dead letters, by code. */
  private final SortedMap<String, Long> deadLetters = new TreeMap<>();

  WithoutIds(LocalStore store, Set<String> ids) {
    this.store = store;
    this.blocks = store;
    this.files = new UnixFs(store);
    this.ids = ids;
  }

  /** Writes the dataset; returns when it is durable. */
  Cid write(Cid dataset, Manifest before) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      blocks = writer.pending(); // with what is written here
      files = new UnixFs(blocks);
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      DatasetTree tree = new DatasetTree(objects);
      manifest
          .pipeline(before.pipeline())
          .settings(before.settings())
          .input(before.input())
          .model(before.model(), before.numerics());
      before.containers().forEach(manifest::container);
      List<Shard> waiting = new ArrayList<>();
      for (Shard shard : before.shards()) {
        waiting.add(shard);
        String boundary = shard.boundary();
        if (boundary == null || !ids.contains(boundary)) {
          shards(waiting, boundary, objects, tree);
          waiting.clear();
        }
      }
      if (!waiting.isEmpty()) {
        shards(waiting, null, objects, tree);
      }
      DataFile errors = before.files().get(DeadLetter.TABLE);
      if (errors != null) {
        DataFile left = filter(DeadLetter.TABLE, List.of(errors), errors.path(), objects);
        if (left != null) {
          manifest.file(DeadLetter.TABLE, left);
          add(tree, left);
          count(left);
        }
      }
      totals(before);
      Manifest whole = manifest.build();
      tree.add(Manifest.FILE, whole.toJson());
      addCard(dataset, whole, tree);
      Cid cid = tree.finish();
      writer.seal();
      return cid;
    }
  }

  /** The card with the figures that are true now; of a pipeline that is not ours as it was. */
  private void addCard(Cid dataset, Manifest whole, DatasetTree tree) throws IOException {
    DatasetCard ours = CARDS.get(whole.pipeline());
    if (ours != null) {
      tree.add(DatasetCard.FILE, ours.toMarkdown(whole));
      return;
    }
    Cid card = files.resolve(dataset, DatasetCard.FILE);
    tree.add(DatasetCard.FILE, card, StoredSize.of(blocks, card));
  }

  /** Shards that end at the same key now, as one. */
  private void shards(
      List<Shard> parts, @Nullable String boundary, UnixFsWriter objects, DatasetTree tree)
      throws IOException {
    TreeSet<String> names = new TreeSet<>();
    parts.forEach(part -> names.addAll(part.tables().keySet()));
    SortedMap<String, DataFile> tables = new TreeMap<>();
    boolean changed = parts.size() > 1;
    for (String table : names) {
      List<DataFile> old = new ArrayList<>();
      for (Shard part : parts) {
        DataFile file = part.tables().get(table);
        if (file != null) {
          old.add(file);
        }
      }
      String path = DataFile.pathOf(table, Shard.nameOf(boundary));
      DataFile file =
          parts.size() == 1 && !touches(old.get(0))
              ? old.get(0)
              : filter(table, old, path, objects);
      changed |= file == null || !file.cid().equals(old.get(0).cid());
      if (file != null) {
        tables.put(table, file);
        add(tree, file);
        if (table.equals(DeadLetter.TABLE)) {
          count(file);
        }
      }
    }
    if (!tables.isEmpty()) {
      manifest.shard(Shard.of(boundary, changed ? key(parts) : parts.get(0).key(), tables));
      tables.forEach((table, file) -> manifest.total(table, file.rows()));
      manifest.total(TOKENS, ChunkTokens.in(files, tables.get(ShardReceipt.CHUNKS)));
    }
  }

  /** A key that no plan gives: what it names is no function of an input. */
  private String key(List<Shard> parts) {
    ActionKey key = ActionKey.of(EmbedRun.WITHDRAWN);
    parts.forEach(part -> key.part(part.key()));
    new TreeSet<>(ids).forEach(key::part);
    return key.hex();
  }

  private void totals(Manifest before) {
    for (Map.Entry<String, Long> total : before.totals().entrySet()) {
      boolean counted =
          before.shards().stream().anyMatch(s -> s.tables().containsKey(total.getKey()));
      if (!counted && !total.getKey().equals(TOKENS)) {
        manifest.total(total.getKey(), total.getValue());
      }
    }
    manifest.total(EmbedRun.WITHDRAWN, ids.size());
    deadLetters.forEach(manifest::deadLetters);
  }

  private void add(DatasetTree tree, DataFile file) throws IOException {
    tree.add(file.path(), file.cid(), StoredSize.of(blocks, file.cid()));
  }

  private void count(DataFile errors) throws IOException {
    ErrorFile.read(files, errors, letter -> deadLetters.merge(letter.code(), 1L, Long::sum));
  }

  private boolean touches(DataFile file) throws IOException {
    try (ParquetTableReader rows = ParquetTableReader.open(files.open(file.cid()))) {
      TableSchema schema = rows.schema();
      for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
        if (isOfOne(schema, row) || pointsAtOne(schema, row)) {
          return true;
        }
      }
      return false;
    }
  }

  /** The rows of others, null if there are none. */
  private @Nullable DataFile filter(
      String table, List<DataFile> old, String path, UnixFsWriter objects) throws IOException {
    FileWriter out = objects.file();
    ParquetTableWriter kept = null;
    long count = 0;
    for (DataFile file : old) {
      try (ParquetTableReader rows = ParquetTableReader.open(files.open(file.cid()))) {
        TableSchema schema = rows.schema();
        for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
          if (!isOfOne(schema, row)) {
            if (kept == null) {
              kept = ParquetTableWriter.open(out, schema, ShardFiles.groups(table));
            }
            if (pointsAtOne(schema, row)) {
              row[schema.indexOf(TARGET)] = null;
            }
            kept.write(row);
            count++;
          }
        }
      }
    }
    if (kept == null) {
      return null;
    }
    kept.close();
    Written written = out.finish();
    return new DataFile(path, written.cid(), count, written.size());
  }

  private boolean isOfOne(TableSchema schema, @Nullable Object[] row) {
    return OWNERS.stream().anyMatch(column -> holdsOne(schema, row, column));
  }

  private boolean pointsAtOne(TableSchema schema, @Nullable Object[] row) {
    return holdsOne(schema, row, TARGET);
  }

  private boolean holdsOne(TableSchema schema, @Nullable Object[] row, String column) {
    return schema.columns().stream().anyMatch(c -> c.name().equals(column))
        && row[schema.indexOf(column)] instanceof String id
        && ids.contains(id);
  }
}
