package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.tier.StorePolicy;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.IndexReport;
import dev.cairn.pipelines.IndexRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn index}: makes a dataset quick to search. */
@Command(
    name = "index",
    description = "Indexes a dataset, so that search need not compare all of its vectors.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class IndexCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "TARGET")
  private String target = "";

  @Mixin private EngineOptions engine = new EngineOptions();
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    engine.check();
    StorePolicy policy = home.policy();
    return StopSignal.watch(() -> index(policy));
  }

  private int index(StorePolicy policy) throws IOException {
    IndexReport report;
    try (TieredStore store = policy.open();
        ProgressLine progress = new ProgressLine(output)) {
      Cid dataset = Target.parse(target).resolve(store.local().refs(), store);
      report =
          new IndexRun(
                  policy,
                  engine.sharing(policy),
                  engine.start(progress::note),
                  progress,
                  EmbedRun.newName())
              .run(store, dataset);
    }
    DeliveryLines.note(output, report.receipt());
    output.result(report.toMap(), report.index().toString());
    return report.receipt().isPending() ? ExitCode.QUEUED : ExitCode.DONE;
  }
}
