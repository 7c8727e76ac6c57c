package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.bench.EmbedBenchmark;
import dev.cairn.models.bench.EmbedFigures;
import dev.cairn.pipelines.Models;
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

/** {@code cairn bench embed}: Cairn's way from text to vector beside a bare ONNX Runtime loop. */
@Command(
    name = "embed",
    description = "Times embedding beside a bare ONNX Runtime loop, in turns in one run.",
    mixinStandardHelpOptions = true)
final class BenchEmbedCommand implements Callable<Integer> {
  @Option(
      names = "--texts",
      required = true,
      paramLabel = "FILE",
      description = "Texts to embed, one a line.")
  private Path texts = Path.of("");

  @Option(names = "--rounds", defaultValue = "3", description = "Rounds; the median counts.")
  private int rounds;

  @Option(names = "--model", defaultValue = "builtin:all-MiniLM-L6-v2", paramLabel = "REF")
  private String model = "";

  @Option(names = "--max-tokens", defaultValue = "256", paramLabel = "N")
  private int maxTokens;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(texts) || rounds < 1) {
      throw new UsageException("Cannot use --texts: " + texts + " (a file of one text a line)");
    }
    List<String> lines =
        Files.readAllLines(texts).stream().filter(line -> !line.isBlank()).toList();
    EmbedFigures figures;
    try (TieredStore store = home.open()) {
      Models models = new Models(store);
      ModelFiles files = models.files(models.find(model));
      figures = EmbedBenchmark.run(files, lines, maxTokens, rounds);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("texts", figures.texts());
    fields.put("tokens", figures.tokens());
    fields.put("raw_setting", figures.rawSetting());
    fields.put("raw_tokens_per_second", figures.rawTokensPerSecond());
    fields.put("cairn_tokens_per_second", figures.cairnTokensPerSecond());
    fields.put("ratio", figures.ratio());
    fields.put("max_abs_difference", figures.maxAbsDifference());
    String text =
        String.format(
            Locale.ROOT,
            "%d texts, %d tokens: bare %.0f tokens/s (%s), Cairn %.0f tokens/s, ratio %.3f,"
                + " largest difference %.2g",
            figures.texts(),
            figures.tokens(),
            figures.rawTokensPerSecond(),
            figures.rawSetting(),
            figures.cairnTokensPerSecond(),
            figures.ratio(),
            figures.maxAbsDifference());
    output.result(fields, text);
    return ExitCode.DONE;
  }
}
