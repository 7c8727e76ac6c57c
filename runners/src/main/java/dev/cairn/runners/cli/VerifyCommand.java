package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.VerifyReport;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.SampleCheck;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn verify}: the store, one DAG, or a sample of a dataset's vectors. */
@Command(
    name = "verify",
    description = "Proves that the store, or what TARGET names, is whole.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "TARGET")
  private @Nullable String target;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Embed N chunks of the dataset again and compare.")
  private @Nullable Integer sample;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (sample != null && (target == null || sample < 1)) {
      throw new UsageException("Cannot use --sample: " + sample + " (at least 1, with a TARGET)");
    }
    try (TieredStore store = home.open()) {
      Cid cid = target == null ? null : Target.parse(target).resolve(store.local().refs(), store);
      VerifyReport report =
          cid == null ? store.local().verify().all() : store.local().verify().of(store, cid);
      report.corrupt().forEach(d -> output.note("corrupt: " + d.where() + ": " + d.computed()));
      report.missing().forEach(m -> output.note("missing: " + m));
      Map<String, Object> fields = fields(report);
      boolean clean = report.isClean();
      String text = text(report);
      if (cid != null && sample != null && clean) {
        SampleCheck.Result result = new SampleCheck(store, cid).compare(sample);
        fields.put("sampled", result.sampled());
        fields.put("max_abs_difference", result.maxAbsDifference());
        fields.put("tolerance", result.tolerance());
        clean = result.isWithinTolerance();
        text +=
            String.format(
                Locale.ROOT,
                "; %d chunks embedded again, largest difference %.2g (at most %.0e)",
                result.sampled(),
                result.maxAbsDifference(),
                result.tolerance());
      }
      output.result(fields, text);
      return clean ? ExitCode.DONE : ExitCode.INTEGRITY;
    }
  }

  private static Map<String, Object> fields(VerifyReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("blocks", report.blocks());
    fields.put("bytes", report.bytes());
    List<Map<String, String>> corrupt =
        report.corrupt().stream()
            .map(
                d ->
                    Map.of(
                        "cid", d.cid() == null ? "" : d.cid().toString(),
                        "where", d.where(),
                        "computed", d.computed()))
            .toList();
    fields.put("corrupt", corrupt);
    fields.put("missing", report.missing().stream().map(Cid::toString).toList());
    return fields;
  }

  private static String text(VerifyReport report) {
    return String.format(
        Locale.ROOT,
        "%d blocks, %d bytes: %d corrupt, %d missing",
        report.blocks(),
        report.bytes(),
        report.corrupt().size(),
        report.missing().size());
  }
}
