package dev.cairn.pipelines.scan;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.ActionKey;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.Shard;
import dev.cairn.io.format.ParquetTableWriter;
import dev.cairn.io.format.RowGroups;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.http.RefusedException;
import dev.cairn.io.store.http.TooLongException;
import dev.cairn.io.table.InvalidRowException;
import dev.cairn.io.table.Utf8;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.pipelines.ErrorFile;
import dev.cairn.transforms.hub.HubKind;
import dev.cairn.transforms.hub.HubRecord;
import dev.cairn.transforms.hub.HubTables;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The second act of a scan, shard by shard: rows to files, each repository with its card if that is
 * asked for. A shard whose records are those of a shard before is not written again, and no card of
 * it is asked for; popularity always is.
 */
final class ShardAct {
  private static final RowGroups GROUPS = RowGroups.bytes(64 << 20);
  private static final RowGroups POPULARITY_GROUPS = RowGroups.rows(1 << 16);
  private static final String STAGE = "card";

  private final ScanConfig config;
  private final HubApi hub;
  private final LocalStore store;
  private final KnownCards cards;
  private final Map<String, Shard> previous = new HashMap<>();
  private long fetched;
  private long written;

  ShardAct(ScanConfig config, HubApi hub, LocalStore store, @Nullable Manifest previous) {
    this.config = config;
    this.hub = hub;
    this.store = store;
    this.cards = new KnownCards(store, previous);
    if (previous != null) {
      previous.shards().forEach(shard -> this.previous.put(shard.key(), shard));
    }
  }

  /**
   * A shard for the manifest.
   *
   * @param failures its dead letters by code
   */
  record Done(Shard shard, Map<String, Long> failures) {}

  /** Cards that were asked for. */
  long fetched() {
    return fetched;
  }

  /** Bytes of the files that were written. */
  long written() {
    return written;
  }

  /** Sees to it that the files of a shard are in the store. */
  Done write(List<ScanItem> items, @Nullable String boundary) throws IOException {
    ActionKey digest = ActionKey.of("scan-shard").part(config.shardSettings());
    items.forEach(item -> digest.part(item.id()).part(item.content()));
    String key = digest.hex();
    String name = Shard.nameOf(boundary);
    Optional<ScannedShard> known = known(key, name);
    ScannedShard shard = known.isPresent() ? known.get() : compute(items, key, name);
    SortedMap<String, DataFile> tables = new TreeMap<>(shard.tables());
    tables.put(HubTables.POPULARITY, popularity(items, name));
    return new Done(new Shard(boundary, key, tables), shard.failures());
  }

  private Optional<ScannedShard> known(String key, String name) throws IOException {
    Optional<String> action = store.wholeAction(action(key));
    if (action.isPresent()) {
      return Optional.of(ScannedShard.fromJson(action.get(), name));
    }
    Shard shard = previous.get(key);
    if (shard == null || shard.tables().containsKey(DeadLetter.TABLE)) {
      return Optional.empty();
    }
    SortedMap<String, DataFile> tables = new TreeMap<>();
    for (Map.Entry<String, DataFile> table : shard.tables().entrySet()) {
      DataFile file = table.getValue();
      if (!table.getKey().equals(HubTables.POPULARITY)) {
        String path = DataFile.pathOf(table.getKey(), name);
        tables.put(table.getKey(), new DataFile(path, file.cid(), file.rows(), file.bytes()));
        if (!store.isWhole(file.cid())) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(new ScannedShard(tables, Map.of()));
  }

  private ScannedShard compute(List<ScanItem> items, String key, String name) throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    SortedMap<String, DataFile> tables = new TreeMap<>();
    Map<String, Long> failures = new TreeMap<>();
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      try (Table models = new Table(objects, HubTables.nameOf(HubKind.MODEL), name);
          Table datasets = new Table(objects, HubTables.nameOf(HubKind.DATASET), name)) {
        for (ScanItem item : items) {
          HubRecord record = item.record();
          HubRecord whole = config.cards() ? withCard(item, record, letters) : record;
          Table table = item.kind() == HubKind.MODEL ? models : datasets;
          table.add(whole, record, letters);
        }
        models.finish(tables);
        datasets.finish(tables);
      }
      if (!letters.isEmpty()) {
        letters.forEach(letter -> failures.merge(letter.code(), 1L, Long::sum));
        Written file = ErrorFile.write(objects, letters);
        String path = DataFile.pathOf(DeadLetter.TABLE, name);
        tables.put(DeadLetter.TABLE, new DataFile(path, file.cid(), letters.size(), file.size()));
      }
      writer.seal();
    }
    List<Cid> files = tables.values().stream().map(DataFile::cid).toList();
    for (DataFile file : tables.values()) {
      written += file.bytes();
      store.keep(file.cid());
    }
    ScannedShard shard = new ScannedShard(tables, failures);
    if (letters.isEmpty()) {
      store.actions().put(action(key), shard.toJson(), files);
    }
    return shard;
  }

  /** The rows of one kind, written as they come. */
  private static final class Table implements AutoCloseable {
    private final UnixFsWriter objects;
    private final String table;
    private final String path;
    private @Nullable FileWriter file;
    private @Nullable ParquetTableWriter rows;

    Table(UnixFsWriter objects, String table, String shard) {
      this.objects = objects;
      this.table = table;
      this.path = DataFile.pathOf(table, shard);
    }

    /** Adds a row; without its card, if that is text that no table can hold. */
    void add(HubRecord whole, HubRecord plain, List<DeadLetter> letters) throws IOException {
      if (rows == null) {
        file = objects.file();
        rows = ParquetTableWriter.open(file, HubTables.REPOSITORIES, GROUPS);
      }
      try {
        rows.write(HubTables.row(whole));
      } catch (InvalidRowException e) {
        letters.add(letter(plain, "invalid_unicode", "a lone surrogate (Unicode text)"));
      }
    }

    void finish(SortedMap<String, DataFile> tables) throws IOException {
      if (rows != null && file != null && rows.rows() > 0) {
        long count = rows.rows();
        rows.close();
        Written whole = file.finish();
        tables.put(table, new DataFile(path, whole.cid(), count, whole.size()));
      }
    }

    /** What was not finished is given up with its writer. */
    @Override
    public void close() {
      rows = null;
    }
  }

  private HubRecord withCard(ScanItem item, HubRecord record, List<DeadLetter> letters)
      throws IOException {
    String sha = record.getSha();
    if (sha != null && cards.knows(item.id(), sha)) {
      String known = cards.card(item.id(), sha);
      return known == null ? record : record.withCard(known);
    }
    try {
      fetched++;
      byte[] card = hub.card(record.getKind(), record.getName(), sha);
      return card == null ? record : record.withCard(Utf8.decode(ByteBuffer.wrap(card)));
    } catch (CharacterCodingException e) {
      letters.add(letter(record, "invalid_utf8", "a card that is no text (UTF-8)"));
    } catch (TooLongException e) {
      letters.add(letter(record, "card_too_large", "a card of more than 16 MiB"));
    } catch (RefusedException e) {
      letters.add(letter(record, "card_refused", "the hub does not give the card"));
    }
    return record;
  }

  private static DeadLetter letter(HubRecord record, String code, String reason) {
    return new DeadLetter(
        HubTables.nameOf(record.getKind()) + "/" + record.getName(),
        record.id(),
        STAGE,
        code,
        reason,
        "");
  }

  private DataFile popularity(List<ScanItem> items, String name) throws IOException {
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      FileWriter out = objects.file();
      try (ParquetTableWriter rows =
          ParquetTableWriter.open(out, HubTables.POPULARITY_SCHEMA, POPULARITY_GROUPS)) {
        for (ScanItem item : items) {
          rows.write(HubTables.row(item.popularity()));
        }
      }
      Written whole = out.finish();
      String path = DataFile.pathOf(HubTables.POPULARITY, name);
      DataFile file = new DataFile(path, whole.cid(), items.size(), whole.size());
      writer.seal();
      store.keep(file.cid());
      written += file.bytes();
      return file;
    }
  }

  private static String action(String key) {
    return "scan-shard-" + key;
  }
}
