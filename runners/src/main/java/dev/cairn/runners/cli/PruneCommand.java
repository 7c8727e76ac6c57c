package dev.cairn.runners.cli;

import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.history.History;
import dev.cairn.pipelines.history.PruneRun;
import dev.cairn.pipelines.history.Retention;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn prune}: lets go of old versions of a ref's dataset. */
@Command(
    name = "prune",
    description = "Lets go of old versions of REF's dataset; gc removes what only they had.",
    mixinStandardHelpOptions = true)
final class PruneCommand implements Callable<Integer> {
  @Parameters(paramLabel = "REF")
  private String ref = "";

  @Option(names = "--keep-last", paramLabel = "N", description = "Keep the last N versions.")
  private int last;

  @Option(
      names = "--keep-daily",
      paramLabel = "N",
      description = "Keep the last version of each of the last N days that have one (UTC).")
  private int daily;

  @Option(
      names = "--keep-weekly",
      paramLabel = "N",
      description = "Keep the last version of each of the last N weeks that have one.")
  private int weekly;

  @Option(names = "--dry-run", description = "Tell what would go, and change nothing.")
  private boolean dryRun;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Retention retention = retention();
    try (TieredStore store = home.open()) {
      for (History.Version version : new PruneRun(store).prune(ref, retention, dryRun)) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("commit", version.cid().toString());
        fields.put("dataset", version.commit().dataset().toString());
        fields.put("time", version.commit().time().toString());
        output.result(fields, version.commit().time() + " " + version.commit().dataset());
      }
    }
    return ExitCode.DONE;
  }

  private Retention retention() {
    try {
      return new Retention(last, daily, weekly);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage() + "; --keep-last, --keep-daily, --keep-weekly", e);
    }
  }
}
