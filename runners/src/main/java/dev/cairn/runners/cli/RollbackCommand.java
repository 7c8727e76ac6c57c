package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.dataset.TargetNotFoundException;
import dev.cairn.io.store.Ref;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.DatasetCommit;
import dev.cairn.pipelines.EmbedRun;
import dev.cairn.pipelines.Manifests;
import dev.cairn.pipelines.PresentDataset;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn rollback}: a new commit that names an older dataset. */
@Command(
    name = "rollback",
    description = "Makes a commit of REF that names the dataset of TARGET.",
    mixinStandardHelpOptions = true)
final class RollbackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "REF", index = "0")
  private String ref = "";

  @Parameters(paramLabel = "TARGET", index = "1", description = "Such as caselaw@{1}.")
  private String target = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (TieredStore store = home.open()) {
      PresentDataset present = Ref.isName(ref) ? PresentDataset.of(store.local(), ref) : null;
      if (present == null) {
        throw new TargetNotFoundException(ref, "a ref (see cairn refs)");
      }
      Cid dataset = Target.parse(target).resolve(store.local().refs(), store);
      store.bring(dataset);
      DatasetCommit.Done done =
          new DatasetCommit(store, store.policy(), ref, EmbedRun.newName())
              .commit(present, dataset, Manifests.read(store, dataset).totals());
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("commit", done.commit().toString());
      fields.put("dataset", dataset.toString());
      output.result(fields, done.commit().toString());
      return done.receipt().isPending() ? ExitCode.QUEUED : ExitCode.DONE;
    }
  }
}
