package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.search.SearchBenchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn bench search}: searches by an index beside searches that compare all vectors. */
@Command(
    name = "search",
    description = "Times searches of each kind, and counts what the index does not find.",
    mixinStandardHelpOptions = true)
final class BenchSearchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TARGET")
  private String target = "";

  @Option(
      names = "--queries",
      required = true,
      paramLabel = "FILE",
      description = "Queries, one a line.")
  private Path queries = Path.of("");

  @Option(names = "-k", defaultValue = "10", description = "Hits (default: ${DEFAULT-VALUE}).")
  private int k;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    List<String> texts =
        Files.isRegularFile(queries)
            ? Files.readAllLines(queries).stream().filter(line -> !line.isBlank()).toList()
            : List.of();
    if (texts.isEmpty()) {
      throw new UsageException("Cannot use --queries: " + queries + " (a file, one query a line)");
    }
    SearchBenchmark.Figures figures;
    try (TieredStore store = home.open()) {
      Cid dataset = Target.parse(target).resolve(store.local().refs(), store);
      figures = SearchBenchmark.run(store, dataset, texts, k);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    fields.put("queries", texts.size());
    for (SearchBenchmark.Times times : figures.times()) {
      fields.put(times.kind(), Map.of("p50_ms", times.p50(), "p95_ms", times.p95()));
      text.append(
          String.format(
              Locale.ROOT, "%s %.1f ms (p95 %.1f), ", times.kind(), times.p50(), times.p95()));
    }
    fields.put("recall", figures.recall());
    text.append(String.format(Locale.ROOT, "recall@%d %.4f", k, figures.recall()));
    output.result(fields, text.toString());
    return ExitCode.DONE;
  }
}
