package dev.cairn.runners.cli;

import dev.cairn.runners.engine.FlinkAddress;
import dev.cairn.runners.engine.FlinkJobs;
import dev.cairn.runners.run.KnownRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn jobs cancel}: ends a run; what it finished is kept, and no ref moves. */
@Command(
    name = "cancel",
    description = "Ends a run and its job; what it has finished is kept, no ref moves.",
    mixinStandardHelpOptions = true)
final class JobsCancelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN")
  private String run = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    KnownRun known = JobsCommand.find(home, run);
    KnownRun.State before = known.state();
    boolean works = before == KnownRun.State.RUNNING || before == KnownRun.State.KILLED;
    if (works) {
      known.cancel();
    }
    if (before == KnownRun.State.KILLED && !known.record().cluster().isEmpty()) {
      // Its launcher can cancel nothing any more.
      FlinkJobs.cancel(FlinkAddress.parse(known.record().cluster()), known.jobs());
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("run", run);
    fields.put("cancelled", works);
    output.result(fields, works ? "cancelled " + run : run + " has ended already: " + before);
    return ExitCode.DONE;
  }
}
