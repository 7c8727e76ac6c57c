package dev.cairn.runners.cli;

import dev.cairn.runners.job.JobResult;
import dev.cairn.runners.job.JobRun;
import dev.cairn.runners.job.JobSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn job run}: the steps of a job, unless another run of it works. */
@Command(
    name = "run",
    description = "Runs a job's steps in order; one run of a job works at a time.",
    mixinStandardHelpOptions = true)
final class JobRunCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    JobSpec job = CheckedJob.read(file);
    Path folder = home.resolver().home();
    List<String> flags = new ArrayList<>(home.storeFlags());
    if (output.quiet()) {
      flags.add("--quiet");
    }
    JobResult result = new JobRun(job, folder, CairnProcess.command(), flags).run(output::note);
    output.result(
        result.toMap(),
        result.steps().stream()
            .map(step -> step.name() + ": exit " + step.exit() + ", " + step.output())
            .collect(Collectors.joining("\n")));
    return result.exit();
  }
}
