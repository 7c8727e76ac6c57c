package dev.cairn.pipelines.scan;

import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.DatasetCard;
import dev.cairn.io.dataset.DeadLetter;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.dataset.ManifestBuilder;
import dev.cairn.io.dataset.ShardCutter;
import dev.cairn.io.dataset.ShardSpan;
import dev.cairn.io.format.JsonRecords;
import dev.cairn.io.sort.ExternalSorter;
import dev.cairn.io.sort.Sorted;
import dev.cairn.io.store.LocalStore;
import dev.cairn.io.store.LocalWriter;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.StoredSize;
import dev.cairn.io.unixfs.UnixFs;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import dev.cairn.pipelines.DatasetCommit;
import dev.cairn.pipelines.DatasetTree;
import dev.cairn.pipelines.ErrorFile;
import dev.cairn.pipelines.InputFailedException;
import dev.cairn.pipelines.PresentDataset;
import dev.cairn.pipelines.RunListener;
import dev.cairn.transforms.hub.HubKind;
import dev.cairn.transforms.hub.HubTables;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.RecordJson;
import dev.cairn.transforms.record.SystemTemp;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One scan of the hub: fetch pages, sort, write shards, commit. Done by one process, since the hub
 * should be asked by one; memory is that of the sorter and of one shard. The same records give the
 * same dataset, in whatever pages they came. For one thread; use it once.
 */
public final class ScanRun {
  /** Records of a shard on average. */
  private static final int SHARD_RECORDS = 1024;

  /** Bytes of records that are sorted in memory. */
  private static final long SORT_BYTES = 64 << 20;

  /** How long pages are good for: what is older is fetched again. */
  private static final Duration MAX_AGE = Duration.ofHours(24);

  private static final String STAGE = "scan";

  private static final DatasetCard CARD =
      new DatasetCard(
          "Scan of the Hugging Face hub",
          "other",
          List.of("en"),
          List.of("huggingface-hub", "model-cards", "dataset-cards"),
          "Models and datasets of the Hugging Face hub, one row each, with their metadata and,"
              + " where it was asked for, their card. `popularity` has what changes from day to"
              + " day. Join by `id`. Each card has its own licence: see `license`.");

  private final ScanConfig config;
  private final RunListener listener;
  private final String run;
  private final long start = System.nanoTime();
  private final List<DeadLetter> letters = new ArrayList<>();
  private long records;
  private long duplicates;

  /**
   * A scan.
   *
   * @param run a name that no other run has
   */
  public ScanRun(ScanConfig config, RunListener listener, String run) {
    this.config = config;
    this.listener = listener;
    this.run = run;
  }

  /**
   * Scans.
   *
   * @throws ScanIncompleteException if the hub does not give all that was asked for
   * @throws InputFailedException if it lists nothing
   * @throws ParentMovedException if another run moved the ref meanwhile
   * @throws IOException if storage cannot be read or written
   */
  public ScanReport run() throws IOException {
    try (TieredStore tiers = config.policy().open();
        HubApi hub = new HubApi(config, listener::note)) {
      LocalStore store = tiers.local();
      PresentDataset present = PresentDataset.of(store, config.ref());
      PageJournal journal = new PageJournal(store, config);
      String scan = begin(journal, present);
      FetchAct.Fetched fetched = new FetchAct(config, hub, store, journal, listener, scan).fetch();
      Manifest previous = present == null ? null : previous(present);
      ShardAct shards = new ShardAct(config, hub, store, previous);
      Cid dataset;
      ManifestBuilder manifest = Manifest.builder().pipeline(ScanConfig.NAME);
      try {
        dataset = write(store, fetched, shards, manifest);
      } catch (InputFailedException e) {
        journal.clear(); // what it lists now may be more
        throw e;
      } catch (UnavailableException e) {
        throw new ScanIncompleteException(fetched.count(), fetched.records(), e);
      }
      Manifest whole = manifest.build();
      long failed = whole.deadLetters().values().stream().mapToLong(Long::longValue).sum();
      DatasetCommit.Done done =
          new DatasetCommit(tiers, config.policy(), config.ref(), scan)
              .commit(present, dataset, figures(whole, fetched, failed, shards));
      journal.clear();
      return new ScanReport(
          dataset.toString(),
          done.commit().toString(),
          done.parent() == null ? null : done.parent().toString(),
          config.ref(),
          records,
          duplicates,
          fetched.count(),
          fetched.complete(),
          failed,
          shards.fetched(),
          shards.written(),
          (System.nanoTime() - start) / 1e9,
          config.policy(),
          done.receipt().node(),
          present != null && present.commitCid().equals(done.commit()));
    }
  }

  /** The name of the scan: that of the run which began it, if this one goes on with it. */
  private String begin(PageJournal journal, @Nullable PresentDataset present) throws IOException {
    ScanPage first = null;
    for (HubKind kind : config.query().kinds()) {
      first = first == null ? journal.first(kind).orElse(null) : first;
    }
    if (first == null) {
      return run;
    }
    boolean done = present != null && present.commit().run().equals(first.scan());
    boolean old = first.time().isBefore(Instant.now().minus(MAX_AGE));
    if (done || old) {
      listener.note(
          done ? "the scan before is committed: begins anew" : "pages are a day old: begins anew");
      journal.clear();
      return run;
    }
    return first.scan();
  }

  private static @Nullable Manifest previous(PresentDataset present) {
    boolean scan = present.manifest().pipeline().equals(ScanConfig.NAME);
    return scan ? present.manifest() : null;
  }

  private Cid write(
      LocalStore store, FetchAct.Fetched fetched, ShardAct shards, ManifestBuilder manifest)
      throws IOException {
    try (ExternalSorter<ScanItem> sorter =
            new ExternalSorter<>(
                SystemTemp.FOLDER, new ScanItem.Codec(), ScanItem.ORDER, SORT_BYTES);
        LocalWriter writer = store.newWriter()) {
      for (Map.Entry<HubKind, List<ScanPage>> kind : fetched.pages().entrySet()) {
        for (ScanPage page : kind.getValue()) {
          read(store, kind.getKey(), page, sorter);
        }
      }
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      DatasetTree tree = new DatasetTree(objects);
      Cid input = writeShards(store, sorter.sorted(), shards, manifest, tree);
      if (records == 0) {
        throw new InputFailedException(
            "Cannot scan: the hub lists no repository of this kind, "
                + letters.size()
                + " records failed (at least one)");
      }
      writeErrors(store, manifest, tree);
      Map<String, Object> settings = new TreeMap<>(config.settings());
      settings.put("complete", fetched.complete());
      manifest.input(input).settings(settings).total("duplicates", duplicates);
      Manifest whole = manifest.build();
      tree.add(Manifest.FILE, whole.toJson());
      tree.add(DatasetCard.FILE, CARD.toMarkdown(whole));
      Cid dataset = tree.finish();
      writer.seal();
      return dataset;
    }
  }

  private void read(LocalStore store, HubKind kind, ScanPage page, ExternalSorter<ScanItem> sorter)
      throws IOException {
    try (JsonRecords lines =
        JsonRecords.open(new UnixFs(store).open(page.content()), JsonRecords.Layout.LINES)) {
      for (JsonRecords.Span line = lines.next(); line != null; line = lines.next()) {
        byte[] bytes = line.bytes() == null ? new byte[0] : line.bytes();
        try {
          sorter.add(ScanItem.of(kind, RecordJson.parse(bytes)));
        } catch (BadRecordException e) {
          letters.add(
              new DeadLetter(
                  HubTables.nameOf(kind),
                  "",
                  STAGE,
                  e.code(),
                  e.reason(),
                  DeadLetter.excerptOf(bytes)));
        }
      }
    }
  }

  /** Writes all shards; the CID of the file that all records would be, in order. */
  private Cid writeShards(
      LocalStore store,
      Sorted<ScanItem> items,
      ShardAct shards,
      ManifestBuilder manifest,
      DatasetTree tree)
      throws IOException {
    FileWriter input = new UnixFsWriter(BlockWriter.discarding(), SystemTemp.FOLDER).file();
    ShardCutter cutter = new ShardCutter(SHARD_RECORDS);
    List<ScanItem> shard = new ArrayList<>();
    String last = "";
    for (ScanItem item = items.next(); item != null; item = items.next()) {
      if (item.id().equals(last)) {
        duplicates++;
        continue;
      }
      last = item.id();
      records++;
      input.write(item.json());
      input.write('\n');
      shard.add(item);
      ShardSpan ended = cutter.add(item.id());
      if (ended != null) {
        list(store, shards.write(shard, ended.boundary()), manifest, tree);
        listener.note(records + " records written");
        shard.clear();
      }
    }
    if (cutter.finish() != null) {
      list(store, shards.write(shard, null), manifest, tree);
    }
    return input.finish().cid();
  }

  private static void list(
      LocalStore store, ShardAct.Done done, ManifestBuilder manifest, DatasetTree tree)
      throws IOException {
    manifest.shard(done.shard());
    done.failures().forEach(manifest::deadLetters);
    for (Map.Entry<String, DataFile> table : done.shard().tables().entrySet()) {
      DataFile file = table.getValue();
      manifest.total(table.getKey(), file.rows());
      tree.add(file.path(), file.cid(), StoredSize.of(store, file.cid()));
    }
  }

  private void writeErrors(LocalStore store, ManifestBuilder manifest, DatasetTree tree)
      throws IOException {
    if (letters.isEmpty()) {
      return;
    }
    letters.forEach(letter -> manifest.deadLetters(letter.code(), 1));
    String path = DataFile.pathOf(DeadLetter.TABLE, STAGE);
    try (LocalWriter writer = store.newWriter()) {
      UnixFsWriter objects = new UnixFsWriter(writer, SystemTemp.FOLDER);
      Written file = ErrorFile.write(objects, letters);
      writer.seal();
      manifest.file(DeadLetter.TABLE, new DataFile(path, file.cid(), letters.size(), file.size()));
      tree.add(path, file.cid(), file.tsize());
    }
  }

  private Map<String, Long> figures(
      Manifest manifest, FetchAct.Fetched fetched, long failed, ShardAct shards) {
    Map<String, Long> figures = new TreeMap<>(manifest.totals());
    figures.put("pages", (long) fetched.count());
    figures.put("complete", fetched.complete() ? 1L : 0L);
    figures.put("dead_letters", failed);
    figures.put("cards_fetched", shards.fetched());
    figures.put("bytes_written", shards.written());
    figures.put("milliseconds", (System.nanoTime() - start) / 1_000_000);
    return figures;
  }
}
