package dev.cairn.runners.cli;

import dev.cairn.io.store.Ref;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.ModelSpec;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.pipelines.Allowance;
import dev.cairn.pipelines.EmbedConfig;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.Engine;
import dev.cairn.pipelines.Numerics;
import dev.cairn.pipelines.OutputChecks;
import dev.cairn.pipelines.RunReport;
import dev.cairn.pipelines.Sharing;
import dev.cairn.pipelines.report.ReportedRun;
import dev.cairn.runners.run.HomeRuns;
import dev.cairn.runners.run.RunRecord;
import dev.cairn.transforms.embed.VectorSettings;
import dev.cairn.transforms.embed.VectorType;
import dev.cairn.transforms.record.RecordSource;
import dev.cairn.transforms.text.ChunkSettings;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all pipelines of {@code cairn embed} have in common: a source of records to a dataset. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class EmbedPipelineCommand implements Callable<Integer> {
  /** What goes before a chunk when it is embedded. */
  enum Context {
    NONE,
    TITLE
  }

  @Option(
      names = "--input",
      required = true,
      paramLabel = "TARGET",
      description = "A file or folder, a CID or a ref; repeatable.")
  private List<String> inputs = new ArrayList<>();

  @Option(names = "--ref", description = "The ref to move (default: the pipeline's name).")
  private @Nullable String ref;

  @Option(names = "--model", defaultValue = "builtin:all-MiniLM-L6-v2", paramLabel = "REF")
  private String model = "";

  @Option(
      names = "--requests",
      defaultValue = "" + RemoteLimits.REQUESTS,
      paramLabel = "N",
      description = "Requests at once to a model behind an endpoint (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--tokens-per-minute",
      defaultValue = "0",
      paramLabel = "N",
      description = "Tokens that are sent to an endpoint at most (default: any number).")
  private int tokensPerMinute;

  @Option(
      names = "--patience",
      defaultValue = "" + RemoteLimits.PATIENCE_SECONDS,
      paramLabel = "SECONDS",
      description = "How long a request is repeated (default: ${DEFAULT-VALUE}).")
  private long patience;

  @Option(
      names = "--max-tokens",
      defaultValue = "256",
      paramLabel = "N",
      description = "Tokens of a chunk at most (default: ${DEFAULT-VALUE}).")
  private int maxTokens;

  @Option(names = "--overlap", defaultValue = "0", paramLabel = "N")
  private int overlap;

  @Option(
      names = "--context",
      paramLabel = "none|title",
      description = "What is embedded before a chunk (default: title for hub, else none).")
  private @Nullable Context context;

  @Option(
      names = "--vector-type",
      defaultValue = "f32",
      paramLabel = "f32|f16",
      description = "Floats of 32 bits, or the nearest of 16 (default: ${DEFAULT-VALUE}).")
  private VectorType vectorType = VectorType.F32;

  @Option(names = "--shard-records", defaultValue = "256", paramLabel = "K")
  private int shardRecords;

  @Option(
      names = "--reuse",
      paramLabel = "TARGET",
      description = "Take vectors of equal texts from this dataset; repeatable.")
  private List<String> reuse = new ArrayList<>();

  @Option(
      names = "--output-dir",
      paramLabel = "DIR",
      description = "Write the dataset as plain files too.")
  private @Nullable Path outputDir;

  @Option(names = "--dry-run", description = "Stop after planning: tell what would be computed.")
  private boolean dryRun;

  @Option(
      names = "--detach",
      description = "Go on in the background; cairn jobs lists, watches and cancels.")
  private boolean detach;

  @Option(
      names = "--numerics",
      defaultValue = "ask",
      paramLabel = "recompute|reuse",
      description = "What to do with vectors that another kind of machine computed.")
  private Numerics numerics = Numerics.ASK;

  @Option(
      names = "--max-failed",
      defaultValue = "5%",
      paramLabel = "N|P%",
      description = "Inputs that may fail: a count or a share (default: 5%%).")
  private String maxFailed = "";

  @Option(
      names = "--min-documents",
      paramLabel = "N",
      description = "Move the ref only if the dataset has so many documents.")
  private long minDocuments;

  @Option(
      names = "--max-change",
      paramLabel = "N|P%",
      description = "Move the ref only if no more documents changed: a count or a share.")
  private @Nullable String maxChange;

  @Option(
      names = "--check-vectors",
      description = "Move the ref only if each new vector has the norm 1.")
  private boolean checkVectors;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private FetchOption fetch = new FetchOption();
  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Context standard;

  EmbedPipelineCommand(Context standard) {
    this.standard = standard;
  }

  /**
   * What the records are.
   *
   * @throws IllegalArgumentException if options of the pipeline are not what they should be
   */
  abstract RecordSource source();

  @Override
  public Integer call() throws IOException {
    engine.check();
    EmbedConfig config = config();
    HomeRuns runs = new HomeRuns(Path.of(config.policy().home()));
    if (detach && HomeRuns.detached().isEmpty()) {
      return detach(runs, config);
    }
    String name = HomeRuns.detached().orElseGet(EmbedRun::newName);
    runs.begin(RunRecord.of(name, config.ref(), ProcessHandle.current(), engine.cluster()));
    try {
      return engine.isCluster() ? StopSignal.watch(() -> run(config, name)) : run(config, name);
    } finally {
      if (HomeRuns.detached().isEmpty()) {
        runs.end(name);
      }
    }
  }

  private int run(EmbedConfig config, String name) throws IOException {
    RunReport report;
    try (ProgressLine progress = new ProgressLine(output)) {
      Engine started = engine.start(progress::note);
      report =
          new ReportedRun(config.policy(), config.ref(), name)
              .run(run -> new EmbedRun(config, started, progress, run).run(), progress);
    }
    output.result(report.toMap(), report.dataset() == null ? summary(report) : report.dataset());
    return report.isPending() ? ExitCode.QUEUED : ExitCode.DONE;
  }

  private int detach(HomeRuns runs, EmbedConfig config) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Distribution.folder().resolve("cairn").toString());
    CommandLine root = spec.commandLine();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    command.addAll(root.getParseResult().originalArgs());
    command.remove("--detach");
    RunRecord run = runs.detach(EmbedRun.newName(), config.ref(), command, engine.cluster());
    output.note("cairn jobs watch " + run.run() + " follows it");
    output.result(Map.of("run", run.run(), "pid", run.pid()), run.run());
    return ExitCode.DONE;
  }

  private EmbedConfig config() throws IOException {
    if (inputs.contains("")) {
      throw new UsageException("Cannot use --input: an empty path (a file or folder, CID or ref)");
    }
    StorePolicy policy = home.policy();
    try {
      RecordSource source = source();
      String name = ref == null ? source.name() : ref;
      if (!Ref.isName(name)) {
        throw new UsageException(
            "Cannot use --ref: " + name + " ([a-z][a-z0-9_-]{0,63} and not a CID)");
      }
      Optional<ModelSpec> builtin = ModelRef.parse(model).pinned(); // before anything is opened
      return new EmbedConfig(
          source,
          inputs,
          name,
          model,
          fetch.access(new RemoteLimits(requests, tokensPerMinute, Duration.ofSeconds(patience))),
          chunkSettings(builtin),
          new VectorSettings((context == null ? standard : context) == Context.TITLE, vectorType),
          shardRecords,
          Allowance.parse("--max-failed", maxFailed),
          numerics,
          reuse,
          new OutputChecks(
              minDocuments,
              maxChange == null ? null : Allowance.parse("--max-change", maxChange),
              checkVectors),
          outputDir,
          dryRun,
          sharing(policy),
          policy);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private Sharing sharing(StorePolicy policy) throws IOException {
    Sharing sharing = engine.sharing(policy);
    boolean seen = sharing == Sharing.FOLDER && besideTheStore(policy.home());
    return seen ? Sharing.FILES : sharing;
  }

  /** True if all local inputs are on the file system that workers share with the store. */
  private boolean besideTheStore(String store) throws IOException {
    FileStore shared = Files.getFileStore(Files.createDirectories(Path.of(store)));
    for (String input : inputs) {
      Path path = Path.of(input);
      if (Files.exists(path) && !Files.getFileStore(path).equals(shared)) {
        return false;
      }
    }
    return true;
  }

  /** A builtin model's limit is known; that of another one is checked when it is read. */
  private ChunkSettings chunkSettings(Optional<ModelSpec> builtin) {
    try {
      builtin.ifPresent(known -> ModelIdentity.requireMaxTokens(known, maxTokens));
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
