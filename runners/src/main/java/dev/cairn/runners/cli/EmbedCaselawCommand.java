package dev.cairn.runners.cli;

import dev.cairn.io.store.Ref;
import dev.cairn.models.ModelRef;
import dev.cairn.pipelines.EmbedConfig;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.MaxFailed;
import dev.cairn.pipelines.RunReport;
import dev.cairn.transforms.caselaw.CaselawSource;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn embed caselaw}: case law to a dataset. */
@Command(
    name = "caselaw",
    description = "Embeds case law: JSON of the Caselaw Access Project.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EmbedCaselawCommand implements Callable<Integer> {
  private enum Context {
    NONE,
    TITLE
  }

  private enum Numerics {
    RECOMPUTE
  }

  @Option(
      names = "--input",
      required = true,
      paramLabel = "TARGET",
      description = "A file or folder, a CID or a ref; repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--ref", description = "The ref to move (default: caselaw).")
  private @Nullable String ref;

  @Option(names = "--model", defaultValue = "builtin:all-MiniLM-L6-v2", paramLabel = "REF")
  private String model = "";

  @Option(
      names = "--max-tokens",
      defaultValue = "256",
      paramLabel = "N",
      description = "Tokens of a chunk at most (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(names = "--overlap", defaultValue = "0", paramLabel = "N")
  private int overlap;

  @Option(names = "--context", defaultValue = "none", paramLabel = "none|title")
  private Context context = Context.NONE;

  @Option(names = "--shard-records", defaultValue = "256", paramLabel = "K")
  private int shardRecords;

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Write the dataset as plain files too.")
  private @Nullable Path outputDir;

  @Option(names = "--dry-run", description = "Stop after planning: tell what would be computed.")
  private boolean dryRun;

  @Option(
      names = "--numerics",
      paramLabel = "recompute",
      description = "Embed again what another kind of machine embedded.")
  private @Nullable Numerics numerics;

  @Option(
      names = "--max-failed",
      defaultValue = "5%",
      paramLabel = "N|P%",
      description = "Inputs that may fail: a count or a share (default: 5%%).")
  private String maxFailed = "";

  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    engine.check();
    EmbedConfig config = config(new CaselawSource());
    return engine.isCluster() ? StopSignal.watch(() -> run(config)) : run(config);
  }

  private int run(EmbedConfig config) throws IOException {
    RunReport report;
    try (ProgressLine progress = new ProgressLine(output)) {
      report = new EmbedRun(config, engine.start(progress::note), progress).run();
    }
    output.result(report.toMap(), report.dataset() == null ? summary(report) : report.dataset());
    return report.isPending() ? ExitCode.QUEUED : ExitCode.DONE;
  }

  private EmbedConfig config(RecordSource source) throws IOException {
    if (inputs.contains("")) {
      throw new UsageException("Cannot use --input: an empty path (a file or folder, CID or ref)");
    }
    String name = ref == null ? source.name() : ref;
    if (!Ref.isName(name)) {
      throw new UsageException(
          "Cannot use --ref: " + name + " ([a-z][a-z0-9_-]{0,63} and not a CID)");
    }
    try {
      int limit = ModelRef.parse(model).spec().tokenLimit();
      if (maxTokens > limit) {
        throw new UsageException(
            "Cannot use --max-tokens: " + maxTokens + " (at most the model's " + limit + ")");
      }
      return new EmbedConfig(
          source,
          inputs,
          name,
          model,
          chunkSettings(),
          context == Context.TITLE,
          shardRecords,
          MaxFailed.parse(maxFailed),
          numerics == Numerics.RECOMPUTE,
          outputDir,
          dryRun,
          engine.isRemote(),
          home.policy());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private ChunkSettings chunkSettings() {
    try {
      return new ChunkSettings(maxTokens, overlap);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--max-tokens " + maxTokens + ", --overlap " + overlap + ": " + e.getMessage(), e);
    }
  }

  private static String summary(RunReport report) {
    return String.format(
        Locale.ROOT,
        "would embed %d documents (%d duplicates, %d dead letters): %d of %d shards to compute",
        report.documents(),
        report.duplicates(),
        report.deadLetters(),
        report.shards().computed(),
        report.shards().total());
  }
}
