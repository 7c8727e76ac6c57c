package dev.cairn.runners.cli;

import dev.cairn.runners.run.HomeRuns;
import dev.cairn.runners.run.KnownRun;
import dev.cairn.runners.run.RunRecord;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code cairn jobs}: runs that work, and detached ones that have ended. */
@Command(
    name = "jobs",
    description = "Lists, watches and cancels runs.",
    mixinStandardHelpOptions = true,
    subcommands = {JobsWatchCommand.class, JobsCancelCommand.class})
final class JobsCommand implements Callable<Integer> {
  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    for (KnownRun run : new HomeRuns(home.resolver().home()).list()) {
      RunRecord record = run.record();
      Integer code = run.exitCode();
      boolean works = run.state() == KnownRun.State.RUNNING;
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("run", record.run());
      fields.put("ref", record.ref());
      fields.put("state", run.state().toString());
      if (code != null) {
        fields.put("exit", code);
      }
      fields.put("since", record.since().toString());
      fields.put("pid", record.pid());
      fields.put("cluster", record.cluster());
      fields.put("tokens", run.tokens());
      output.result(
          fields,
          String.format(
              Locale.ROOT,
              "%s %-9s %s since %s%s%s",
              record.run(),
              run.state(),
              record.ref(),
              record.since(),
              record.cluster().isEmpty() ? "" : " on Flink " + record.cluster(),
              works ? ", " + run.tokens() + " tokens embedded" : ""));
    }
    return ExitCode.DONE;
  }

  /**
   * A run by its name.
   *
   * @throws dev.cairn.io.dataset.TargetNotFoundException if there is none
   */
  static KnownRun find(HomeOptions home, String run) throws IOException {
    return new HomeRuns(home.resolver().home())
        .find(run)
        .orElseThrow(
            () ->
                new dev.cairn.io.dataset.TargetNotFoundException(
                    run, "a run that works or was detached; cairn jobs lists them"));
  }
}
