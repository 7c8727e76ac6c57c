package dev.cairn.pipelines.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.ReplacedFile;
import dev.cairn.pipelines.VersionReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps reports of runs in the store's folder: {@code runs/RUN/report.json} for programs, and for
 * people {@code report.html}, a page that needs nothing but itself. A commit names its run. Each
 * file is there as a whole or not at all.
 */
public final class ReportKeeper {
  /** The name of the file for programs. */
  public static final String JSON_FILE = "report.json";

  /** The name of the page for people. */
  public static final String HTML_FILE = "report.html";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final StorePolicy policy;
  private final String run;
  private final Instant started;

  /**
   * For one run.
   *
   * @param run its name
   */
  public ReportKeeper(StorePolicy policy, String run, Instant started) {
    this.policy = policy;
    this.run = run;
    this.started = started;
  }

  /** Keeps the report of a run that ended well, and gives the page. */
  public Path keep(VersionReport report) throws IOException {
    Map<String, Object> fields = begin(report.isUnchanged() ? "unchanged" : "committed");
    try (TieredStore store = policy.open()) {
      fields.putAll(new RunStory(store, report).tell());
    }
    return write(fields);
  }

  /** Keeps the report of a run that failed, and gives the page. */
  public Path failed(String ref, Exception error) throws IOException {
    Map<String, Object> fields = begin("failed");
    fields.put("ref", ref);
    String message = error.getMessage();
    fields.put("error", message == null ? error.getClass().getSimpleName() : message);
    return write(fields);
  }

  private Map<String, Object> begin(String outcome) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run);
    fields.put("outcome", outcome);
    fields.put("started", started.toString());
    fields.put("ended", Instant.now().toString());
    return fields;
  }

  private Path write(Map<String, Object> fields) throws IOException {
    Path folder = Path.of(policy.home(), "runs", run);
    write(
        folder.resolve(JSON_FILE),
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(fields) + "\n");
    Path page = folder.resolve(HTML_FILE);
    write(page, ReportPage.of(JSON.writeValueAsString(fields)));
    return page;
  }

  private static void write(Path file, String text) throws IOException {
    ReplacedFile.of(file).write(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
