package dev.cairn.pipelines;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Manifest;
import dev.cairn.io.store.tier.Receipt;
import dev.cairn.transforms.embed.ShardReceipt;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the report of a run from what its acts gave. */
final class ReportOf {
  private final EmbedConfig config;
  private final DatasetWriter.Result dataset;
  private final RunReport.Shards shards;
  private final long embeddedChunks;
  private final long embeddedTokens;
  private final long bytes;
  private final RunClock clock;

  private ReportOf(
      EmbedConfig config,
      DatasetWriter.Result dataset,
      RunReport.Shards shards,
      long embeddedChunks,
      long embeddedTokens,
      long bytes,
      RunClock clock) {
    this.config = config;
    this.dataset = dataset;
    this.shards = shards;
    this.embeddedChunks = embeddedChunks;
    this.embeddedTokens = embeddedTokens;
    this.bytes = bytes;
    this.clock = clock;
  }

  static ReportOf dataset(
      EmbedConfig config,
      DatasetWriter.Result dataset,
      Decision decision,
      List<KnownShard> shards,
      RunClock clock) {
    long chunks = 0;
    long tokens = 0;
    long bytes = dataset.bytes();
    for (KnownShard shard : decision.computed(shards)) {
      chunks += shard.embeddedChunks();
      tokens += shard.embeddedTokens();
      bytes += shard.bytes();
    }
    int computed = decision.unknown();
    RunReport.Shards counts =
        new RunReport.Shards(shards.size(), computed, shards.size() - computed);
    return new ReportOf(config, dataset, counts, chunks, tokens, bytes, clock);
  }

  /** The report once the commit is known. */
  RunReport committed(Cid commit, @Nullable Cid parent) {
    Manifest manifest = dataset.manifest();
    return new RunReport(
        dataset.cid().toString(),
        commit.toString(),
        parent == null ? null : parent.toString(),
        config.ref(),
        manifest.total("documents"),
        manifest.total("chunks"),
        manifest.total("tokens"),
        manifest.total("duplicates"),
        deadLetters(manifest),
        shards,
        embeddedChunks,
        embeddedTokens,
        bytes,
        clock.seconds(),
        config.policy().mode().toString(),
        config.policy().reason(),
        Receipt.State.LOCAL,
        RunReport.Details.NONE);
  }

  /** The figures that the commit keeps. */
  Map<String, Long> figures() {
    Map<String, Long> figures = new TreeMap<>(dataset.manifest().totals());
    figures.put("dead_letters", deadLetters(dataset.manifest()));
    figures.put("shards", (long) shards.total());
    figures.put("shards_computed", (long) shards.computed());
    figures.put("embedded_tokens", embeddedTokens);
    figures.put("bytes_written", bytes);
    figures.put("milliseconds", Math.round(clock.seconds() * 1000));
    return figures;
  }

  /** The report of a run that had nothing to do. */
  static RunReport present(EmbedConfig config, PresentDataset present, RunClock clock) {
    Manifest manifest = present.manifest();
    int total = manifest.shards().size();
    RunReport.Shards shards = new RunReport.Shards(total, 0, total);
    DatasetWriter.Result dataset = new DatasetWriter.Result(present.dataset(), manifest, 0);
    return new ReportOf(config, dataset, shards, 0, 0, 0, clock)
        .committed(present.commitCid(), present.commit().parent());
  }

  /** The report of a run that stopped after deciding. */
  static RunReport dryRun(EmbedConfig config, Plan plan, Decision decision, RunClock clock) {
    int unknown = decision.unknown();
    int total = plan.shards().size();
    return new RunReport(
        null,
        null,
        null,
        config.ref(),
        plan.documents(),
        unknown > 0 ? null : decision.knownRows(ShardReceipt.CHUNKS),
        unknown > 0 ? null : decision.knownTokens(),
        plan.duplicates(),
        plan.failed(),
        new RunReport.Shards(total, unknown, total - unknown),
        0,
        0,
        0,
        clock.seconds(),
        config.policy().mode().toString(),
        config.policy().reason(),
        Receipt.State.LOCAL,
        RunReport.Details.NONE);
  }

  private static long deadLetters(Manifest manifest) {
    return manifest.deadLetters().values().stream().mapToLong(Long::longValue).sum();
  }
}
