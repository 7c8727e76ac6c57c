package dev.cairn.runners.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cairn.pipelines.report.KeptReports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn runs}: the reports of runs that have ended. */
@Command(
    name = "runs",
    description = "Lists runs that have ended, the newest first, with their reports.",
    mixinStandardHelpOptions = true)
final class RunsCommand implements Callable<Integer> {
  @Option(names = "--ref", description = "Only runs for this ref.")
  private @Nullable String ref;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private int limit = Integer.MAX_VALUE;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    new KeptReports(Path.of(home.policy().home()))
        .list().stream()
            .filter(report -> ref == null || ref.equals(report.fields().path("ref").asText()))
            .limit(limit)
            .forEach(this::print);
    return ExitCode.DONE;
  }

  private void print(KeptReports.Kept report) {
    JsonNode fields = report.fields();
    Map<String, Object> told = new LinkedHashMap<>();
    for (String name : KeptReports.SUMMARY) {
      if (fields.has(name)) {
        told.put(name, fields.get(name));
      }
    }
    told.put("report", report.page().toString());
    output.result(
        told,
        String.format(
            Locale.ROOT,
            "%s %-9s %s %s%n  %s",
            fields.path("ended").asText(),
            fields.path("outcome").asText(),
            fields.path("ref").asText(),
            what(fields),
            report.page()));
  }

  private static String what(JsonNode fields) {
    if (fields.has("error")) {
      return fields.path("error").asText();
    }
    double seconds = fields.path("seconds").asDouble();
    return fields.has("records")
        ? String.format(
            Locale.ROOT, "%d records scanned, %.1f s", fields.path("records").asLong(), seconds)
        : String.format(
            Locale.ROOT,
            "%d documents, %d tokens embedded, %.1f s",
            fields.path("documents").asLong(),
            fields.path("embedded_tokens").asLong(),
            seconds);
  }
}
