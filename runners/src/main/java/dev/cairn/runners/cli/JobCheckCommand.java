package dev.cairn.runners.cli;

import dev.cairn.runners.job.JobSpec;
import dev.cairn.runners.job.Schedule;
import dev.cairn.runners.job.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn job check}: tells what a job would do. */
@Command(
    name = "check",
    description = "Checks a job's file, and tells its commands and when it is due.",
    mixinStandardHelpOptions = true)
final class JobCheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    JobSpec job = CheckedJob.read(file);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", job.name());
    StringBuilder text = new StringBuilder("job " + job.name());
    for (Step step : job.steps()) {
      text.append("\n  cairn ").append(String.join(" ", step.words()));
      text.append(step.goOn() ? " (goes on if it fails)" : "");
    }
    fields.put("steps", job.steps().stream().map(Step::words).toList());
    Schedule schedule = job.schedule();
    if (schedule != null) {
      fields.put("schedule", schedule.expression());
      fields.put("timezone", schedule.zone().toString());
      schedule
          .next(Instant.now())
          .ifPresent(
              next -> {
                fields.put("next", next.toString());
                text.append("\n  next at ").append(next);
              });
    }
    output.result(fields, text.toString());
    return ExitCode.DONE;
  }
}
