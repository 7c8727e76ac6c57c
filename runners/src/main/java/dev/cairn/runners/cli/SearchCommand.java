package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.search.Hit;
import dev.cairn.pipelines.search.SearchMode;
import dev.cairn.pipelines.search.SearchQuery;
import dev.cairn.pipelines.search.SearchSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn search}: the chunks of a dataset that answer a query. */
@Command(
    name = "search",
    description = "Searches a dataset by meaning, by words, or by both.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SearchCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TARGET")
  private String target = "";

  @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY")
  private @Nullable String text;

  @Option(
      names = "--queries",
      paramLabel = "FILE",
      description = "Search for each line of a file; results name its number as query.")
  private @Nullable Path queries;

  @Option(
      names = "-k",
      defaultValue = "10",
      description = "Hits at most (default: ${DEFAULT-VALUE}).")
  private int k;

  @Option(
      names = "--where",
      paramLabel = "SQL",
      description = "A condition over the chunks' columns, as in DuckDB.")
  private @Nullable String where;

  @Option(names = "--per-document", description = "One hit a document: its best chunk.")
  private boolean perDocument;

  @Option(
      names = "--mode",
      defaultValue = "hybrid",
      paramLabel = "vector|keyword|hybrid",
      description = "By what to rank (default: ${DEFAULT-VALUE}).")
  private SearchMode mode = SearchMode.HYBRID;

  @Option(
      names = "--model",
      paramLabel = "REF",
      description = "The dataset's model, where it is not a builtin one.")
  private @Nullable String model;

  @Option(names = "--exact", description = "Compare all vectors, also where there is an index.")
  private boolean exact;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    List<String> texts = texts();
    try (TieredStore store = home.open()) {
      Cid dataset = Target.parse(target).resolve(store.local().refs(), store);
      try (SearchSession session = SearchSession.open(store, dataset, model, exact)) {
        for (int i = 0; i < texts.size(); i++) {
          if (queries != null && texts.get(i).isBlank()) {
            continue;
          }
          SearchQuery query = query(texts.get(i));
          List<Hit> hits = session.search(query);
          HitLines lines = new HitLines(query.text(), output.isTerminal());
          for (Hit hit : hits) {
            Map<String, Object> fields = new LinkedHashMap<>();
            if (queries != null) {
              fields.put("query", i + 1);
            }
            fields.putAll(hit.toMap());
            output.result(fields, lines.of(hit));
          }
        }
      }
    }
    return ExitCode.DONE;
  }

  private List<String> texts() throws IOException {
    if ((text == null) == (queries == null)) {
      throw new UsageException("Cannot search: QUERY, --queries (one of them)");
    }
    if (text != null) {
      return List.of(text);
    }
    if (queries == null || !Files.isRegularFile(queries)) {
      throw new UsageException("Cannot use --queries: " + queries + " (a file, one query a line)");
    }
    return Files.readAllLines(queries);
  }

  private SearchQuery query(String of) {
    try {
      return new SearchQuery(of, k, where, perDocument, mode);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
  }
}
