package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.history.Change;
import dev.cairn.pipelines.history.DatasetDiff;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn diff}: what changed between two datasets, by id. */
@Command(
    name = "diff",
    description = "Tells what changed from dataset A to B: added, changed, deleted, failed, by id.",
    mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
  @Parameters(paramLabel = "A", index = "0", description = "Such as caselaw@{1}.")
  private String before = "";

  @Parameters(paramLabel = "B", index = "1", description = "Such as caselaw.")
  private String after = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      Cid a = Target.parse(before).resolve(store.local().refs(), store);
      Cid b = Target.parse(after).resolve(store.local().refs(), store);
      DatasetDiff.of(store, a, b).tell(this::print);
    }
    return ExitCode.DONE;
  }

  private void print(Change change) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", change.id());
    fields.put("change", change.kind().toString());
    if (!change.detail().isEmpty()) {
      fields.put("code", change.detail());
    }
    String detail = change.detail().isEmpty() ? "" : " (" + change.detail() + ")";
    output.result(fields, String.format("%-8s %s%s", change.kind(), change.id(), detail));
  }
}
