package dev.cairn.runners.cli;

import dev.cairn.io.store.Ref;
import dev.cairn.io.store.http.Credentials;
import dev.cairn.io.store.http.Endpoint;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.report.ReportedRun;
import dev.cairn.pipelines.scan.HubQuery;
import dev.cairn.pipelines.scan.ScanConfig;
import dev.cairn.pipelines.scan.ScanIncompleteException;
import dev.cairn.pipelines.scan.ScanReport;
import dev.cairn.pipelines.scan.ScanRun;
import dev.cairn.transforms.hub.HubKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn scan hub}: the hub's listing to a dataset. */
@Command(
    name = "hub",
    description =
        "Lists models and datasets of the Hugging Face hub. A scan that was killed goes on where it"
            + " was; one that does not reach the end is not committed.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ScanHubCommand implements Callable<Integer> {
  private static final int MAX_TOKEN_BYTES = 16 << 10;

  @Option(names = "--models", description = "Scan models (default: models and datasets).")
  private boolean models;

  @Option(names = "--datasets", description = "Scan datasets.")
  private boolean datasets;

  @Option(names = "--cards", description = "Fetch each one's card too: a request a repository.")
  private boolean cards;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only what changed since then: 2024-05-01 or 2024-05-01T12:00:00Z.")
  private @Nullable String since;

  @Option(names = "--author", paramLabel = "NAME", description = "Only this owner's.")
  private @Nullable String author;

  @Option(names = "--search", paramLabel = "TEXT", description = "Only names with this text.")
  private @Nullable String search;

  @Option(
      names = "--filter",
      paramLabel = "TAG",
      description = "Only what has this tag; repeatable.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Stop after so many records; the dataset says that it is not complete.")
  private @Nullable Long limit;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "The hub (default: HF_ENDPOINT, else " + ScanConfig.HUB + ").")
  private @Nullable String endpoint;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "A file with the hub's token (default: HF_TOKEN).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--max-rate",
      defaultValue = "" + ScanConfig.MAX_RATE,
      paramLabel = "N",
      description = "Requests a second at most (default: ${DEFAULT-VALUE}).")
  private double maxRate;

  @Option(names = "--ref", description = "The ref to move (default: " + ScanConfig.NAME + ").")
  private String ref = ScanConfig.NAME;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    ScanConfig config = config();
    return StopSignal.watch(() -> scan(config));
  }

  private int scan(ScanConfig config) throws IOException {
    ScanReport report;
    try (ProgressLine progress = new ProgressLine(output)) {
      report =
          new ReportedRun(config.policy(), config.ref(), EmbedRun.newName())
              .run(run -> new ScanRun(config, progress, run).run(), progress);
    } catch (ScanIncompleteException e) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("dataset", null);
      fields.put("ref", config.ref());
      fields.put("records", e.records());
      fields.put("pages", e.pages());
      fields.put("complete", false);
      fields.put("dead_letters", 0);
      output.result(fields, "");
      throw e;
    }
    if (!report.complete()) {
      output.note("the scan stopped at --limit " + limit + ": it is not complete");
    }
    output.result(report.toMap(), report.dataset());
    return report.isPending() ? ExitCode.QUEUED : ExitCode.DONE;
  }

  private ScanConfig config() throws IOException {
    if (!Ref.isName(ref)) {
      throw new UsageException(
          "Cannot use --ref: " + ref + " ([a-z][a-z0-9_-]{0,63} and not a CID)");
    }
    List<HubKind> kinds = new ArrayList<>();
    if (models || !datasets) {
      kinds.add(HubKind.MODEL);
    }
    if (datasets || !models) {
      kinds.add(HubKind.DATASET);
    }
    try {
      return new ScanConfig(
          new HubQuery(kinds, author, search, tags, since()),
          cards,
          limit,
          Endpoint.parse(hub()),
          credentials(),
          maxRate,
          ScanConfig.PATIENT,
          ref,
          home.policy());
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }

  private String hub() {
    String named = endpoint == null ? System.getenv("HF_ENDPOINT") : endpoint;
    return named == null || named.isEmpty() ? ScanConfig.HUB : named;
  }

  private @Nullable Instant since() {
    if (since == null) {
      return null;
    }
    try {
      return since.indexOf('T') < 0
          ? LocalDate.parse(since).atStartOfDay().toInstant(ZoneOffset.UTC)
          : Instant.parse(since);
    } catch (DateTimeException e) {
      throw new UsageException(
          "Cannot use --since: " + since + " (as 2024-05-01 or 2024-05-01T12:00:00Z)", e);
    }
  }

  /** The hub's token is bare text, in the environment or in a file as its own tools write it. */
  private Credentials credentials() throws IOException {
    String token = System.getenv("HF_TOKEN");
    if (tokenFile != null) {
      if (!Files.isRegularFile(tokenFile) || Files.size(tokenFile) > MAX_TOKEN_BYTES) {
        throw new UsageException(
            "Cannot use --token-file: " + tokenFile + " (a file with a token alone)");
      }
      token = Files.readString(tokenFile, StandardCharsets.UTF_8);
    }
    try {
      return token == null ? Credentials.none() : Credentials.ofToken(token);
    } catch (IllegalArgumentException e) {
      throw new UsageException("Cannot use the hub's token: it is not shown (one line, no blank)");
    }
  }
}
