package dev.cairn.pipelines.report;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.dataset.DataFile;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.Manifests;
import dev.cairn.pipelines.VersionReport;
import dev.cairn.pipelines.history.Change;
import dev.cairn.pipelines.history.DatasetDiff;
import dev.cairn.pipelines.history.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a run did and how it stands among the runs before it. */
final class RunStory {
  /** Versions in the trend at most: a quarter of nights. */
  private static final int MAX_VERSIONS = 90;

  private final TieredStore store;
  private final VersionReport report;

  RunStory(TieredStore store, VersionReport report) {
    this.store = store;
    this.report = report;
  }

  /** Its fields: those of {@link VersionReport#toMap} and what else is known. */
  Map<String, Object> tell() throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>(report.toMap());
    fields.put("metrics", report.metrics());
    Cid dataset = Cid.parse(String.valueOf(report.dataset()));
    Manifest manifest = Manifests.read(store, dataset);
    fields.put("delta", delta(dataset));
    fields.put("dead_letter_signatures", DeadLetterCount.of(store, manifest));
    fields.put("bytes", bytes(manifest));
    fields.put("tiers", tiers());
    fields.put("history", history());
    return fields;
  }

  /** What changed since the version before: of a first one all was added. */
  private Map<String, Object> delta(Cid dataset) throws IOException {
    EnumMap<Change.Kind, Long> counts = new EnumMap<>(Change.Kind.class);
    for (Change.Kind kind : Change.Kind.values()) {
      counts.put(kind, 0L);
    }
    String parent = report.parent();
    if (parent == null) {
      counts.put(Change.Kind.ADDED, report.rows());
      counts.put(Change.Kind.FAILED, report.deadLetters());
    } else if (!report.isUnchanged()) {
      Cid before = Commit.from(store.get(Cid.parse(parent))).dataset();
      if (store.has(before)) {
        DatasetDiff.of(store, before, dataset)
            .tell(change -> counts.merge(change.kind(), 1L, Long::sum));
      }
    }
    Map<String, Object> delta = new LinkedHashMap<>();
    counts.forEach((kind, count) -> delta.put(kind.toString(), count));
    return delta;
  }

  private Map<String, Object> bytes(Manifest manifest) {
    long whole =
        manifest.shards().stream()
                .flatMap(shard -> shard.tables().values().stream())
                .mapToLong(DataFile::bytes)
                .sum()
            + manifest.files().values().stream().mapToLong(DataFile::bytes).sum();
    Map<String, Object> bytes = new LinkedHashMap<>();
    bytes.put("dataset", whole);
    bytes.put("written", report.bytesWritten());
    bytes.put("shared", Math.max(0, whole - report.bytesWritten()));
    return bytes;
  }

  private List<Map<String, Object>> tiers() {
    return List.of(
        Map.of("name", "local store", "state", "stored"),
        Map.of("name", "Kubo node", "state", report.delivery().toString()));
  }

  /** Figures of the ref's last commits, the oldest first. */
  private List<Map<String, Object>> history() throws IOException {
    List<History.Version> versions =
        History.from(store.local(), report.ref(), Cid.parse(String.valueOf(report.commit())))
            .versions();
    List<Map<String, Object>> trend = new ArrayList<>();
    for (int i = Math.min(versions.size(), MAX_VERSIONS) - 1; i >= 0; i--) {
      Commit commit = versions.get(i).commit();
      Map<String, Object> point = new LinkedHashMap<>();
      point.put("time", commit.time().toString());
      point.put("dataset", commit.dataset().toString());
      point.putAll(commit.figures());
      trend.add(point);
    }
    return trend;
  }
}
