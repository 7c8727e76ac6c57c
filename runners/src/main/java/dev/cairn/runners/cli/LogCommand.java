package dev.cairn.runners.cli;

import dev.cairn.io.cid.Cid;
import dev.cairn.io.dataset.Commit;
import dev.cairn.io.dataset.Target;
import dev.cairn.io.store.LocalStore;
import dev.cairn.pipelines.history.History;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn log}: a ref's commits, the newest first. */
@Command(name = "log", description = "Lists a ref's commits.", mixinStandardHelpOptions = true)
final class LogCommand implements Callable<Integer> {
  @Parameters(paramLabel = "REF")
  private String ref = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    try (LocalStore store = home.openLocal()) {
      Target target = Target.parse(ref);
      Cid start = target.commitCid(store.refs(), store);
      History.from(store, ref, start).versions().forEach(this::print);
    }
    return ExitCode.DONE;
  }

  private void print(History.Version version) {
    Cid cid = version.cid();
    Commit commit = version.commit();
    boolean dropped = version.dropped();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("commit", cid.toString());
    fields.put("dataset", commit.dataset().toString());
    if (commit.parent() != null) {
      fields.put("parent", commit.parent().toString());
    }
    fields.put("time", commit.time().toString());
    fields.put("run", commit.run());
    fields.put("figures", commit.figures());
    if (dropped) {
      fields.put("dropped", true);
    }
    String text = commit.time() + " " + cid + "\n  dataset " + commit.dataset();
    output.result(fields, text + (dropped ? " (dropped)" : "") + "\n  " + commit.figures());
  }
}
