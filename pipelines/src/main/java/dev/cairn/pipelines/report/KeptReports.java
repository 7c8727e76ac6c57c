package dev.cairn.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The reports that {@link ReportKeeper} has kept in a home. */
public final class KeptReports {
  private static final Logger LOG = LoggerFactory.getLogger(KeptReports.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** The fields of a report that fit on a line. */
  public static final List<String> SUMMARY =
      List.of(
          "run",
          "ref",
          "outcome",
          "started",
          "ended",
          "seconds",
          "dataset",
          "commit",
          "documents",
          "records",
          "chunks",
          "dead_letters",
          "delta",
          "embedded_tokens",
          "bytes_written",
          "error");

  private final Path runs;

  /**
   * A report.
   *
   * @param fields of its JSON
   * @param page its page for people
   */
  public record Kept(JsonNode fields, Path page) {}

  public KeptReports(Path home) {
    this.runs = home.resolve("runs").toAbsolutePath().normalize();
  }

  /** All of them, the newest first. One that cannot be read is left out, and that is logged. */
  public List<Kept> list() throws IOException {
    List<Kept> kept = new ArrayList<>();
    if (Files.isDirectory(runs)) {
      try (var folders = Files.newDirectoryStream(runs)) {
        for (Path folder : folders) {
          read(folder, kept);
        }
      }
    }
    kept.sort(
        Comparator.comparing((Kept report) -> report.fields().path("ended").asText()).reversed());
    return kept;
  }

  private static void read(Path folder, List<Kept> kept) throws IOException {
    Path file = folder.resolve(ReportKeeper.JSON_FILE);
    if (Files.isRegularFile(file)) {
      try {
        kept.add(new Kept(JSON.readTree(file.toFile()), folder.resolve(ReportKeeper.HTML_FILE)));
      } catch (JsonProcessingException e) {
        LOG.warn("Report is left out: {} ({})", file, e.getOriginalMessage());
      }
    }
  }
}
