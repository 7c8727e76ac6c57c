package dev.cairn.runners.cli;

import dev.cairn.io.store.Pin;
import dev.cairn.io.store.tier.TieredStore;
import dev.cairn.pipelines.history.ForgetRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn forget}: sealed or withdrawn records leave later runs and the kept history. */
@Command(
    name = "forget",
    description = "Lets records leave every later run and the kept history; gc removes them.",
    mixinStandardHelpOptions = true)
final class ForgetCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", arity = "1..*")
  private List<String> ids = new ArrayList<>();

  @Option(names = "--reason", required = true, description = "Why, for the list that is kept.")
  private String reason = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    if (ids.stream().anyMatch(String::isBlank)) {
      throw new UsageException("Cannot forget: " + ids + " (ids as in the dataset: cap:1)");
    }
    try (TieredStore store = home.open()) {
      ForgetRun.Result result = new ForgetRun(store).forget(new TreeSet<>(ids), reason);
      output.note(
          "cairn gc removes the blocks from this store; "
              + result.removedAtNode()
              + " were removed from the node");
      output.note(
          "gateways that fetched them, CAR files that were exported and other nodes may hold them"
              + " still");
      for (Pin pin : result.pinned()) {
        output.note("may hold them too, as it is pinned: " + pin.cid() + " (" + pin.why() + ")");
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("ids", new TreeSet<>(ids));
      fields.put("commits", result.commits().stream().map(Object::toString).toList());
      fields.put("blocks", result.blocks());
      fields.put("removed_at_node", result.removedAtNode());
      output.result(
          fields,
          String.format(
              Locale.ROOT,
              "%d ids forgotten: %d commits let go, %d blocks for gc",
              new TreeSet<>(ids).size(),
              result.commits().size(),
              result.blocks()));
      return result.pending() ? ExitCode.QUEUED : ExitCode.DONE;
    }
  }
}
