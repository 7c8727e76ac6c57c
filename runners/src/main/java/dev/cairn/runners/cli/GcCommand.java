package dev.cairn.runners.cli;

import dev.cairn.io.store.GcReport;
import dev.cairn.io.store.LocalStore;
import dev.cairn.pipelines.Indexes;
import dev.cairn.pipelines.search.SearchCache;
import dev.cairn.transforms.embed.AnsweredVectors;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code cairn gc}: removes what neither pins nor refs nor young actions need. */
@Command(
    name = "gc",
    description = "Removes blocks that no pin, ref or recent run needs.",
    mixinStandardHelpOptions = true)
final class GcCommand implements Callable<Integer> {
  /** As long as actions keep what they name. */
  private static final Duration ANSWERS_KEPT = Duration.ofDays(14);

  @Option(names = "--dry-run", description = "Tell what would go, and remove nothing.")
  private boolean dryRun;

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (LocalStore store = home.openLocal()) {
      if (!dryRun) {
        new Indexes(store).releaseOrphans();
      }
      GcReport report = dryRun ? store.gc().preview() : store.gc().run();
      if (!dryRun) {
        SearchCache.sweep(store);
        AnsweredVectors.remove(store.cacheFolder(), ANSWERS_KEPT);
      }
      output.result(
          fields(report),
          String.format(
              Locale.ROOT,
              "%d blocks kept, %d %s, %d bytes %s; %d bytes wait for running writers to end",
              report.keptBlocks(),
              report.removedBlocks(),
              dryRun ? "would be removed" : "removed",
              report.freedBytes(),
              dryRun ? "would be freed" : "freed",
              report.waitingBytes()));
    }
    return ExitCode.DONE;
  }

  static Map<String, Object> fields(GcReport report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kept_blocks", report.keptBlocks());
    fields.put("removed_blocks", report.removedBlocks());
    fields.put("freed_bytes", report.freedBytes());
    fields.put("waiting_bytes", report.waitingBytes());
    return fields;
  }
}
