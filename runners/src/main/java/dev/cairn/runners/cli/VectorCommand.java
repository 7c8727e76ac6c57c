package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.remote.RemoteLimits;
import dev.cairn.pipelines.QueryVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn vector}: the vector of a query, to search with. */
@Command(
    name = "vector",
    description = "Embeds one text, such as a query.",
    mixinStandardHelpOptions = true)
final class VectorCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TEXT")
  private String text = "";

  @Option(names = "--model", defaultValue = "builtin:all-MiniLM-L6-v2", paramLabel = "REF")
  private String model = "";

  @Mixin private FetchOption fetch = new FetchOption();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      QueryVector query =
          QueryVector.of(store, fetch.access(RemoteLimits.interactive()), model, text);
      List<Float> values = new ArrayList<>();
      for (float value : query.vector()) {
        values.add(value);
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("vector", values);
      fields.put("model", query.model());
      fields.put("tokens", query.tokens());
      output.result(fields, values.toString());
    }
    return ExitCode.DONE;
  }
}
