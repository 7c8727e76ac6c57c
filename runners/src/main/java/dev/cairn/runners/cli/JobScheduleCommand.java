package dev.cairn.runners.cli;

import dev.cairn.runners.job.JobSpec;
import dev.cairn.runners.job.Schedule;
import dev.cairn.runners.job.ScheduleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cairn job schedule}: what other schedulers need. */
@Command(
    name = "schedule",
    description = "Prints what crontab, systemd or Kubernetes needs to run a job.",
    mixinStandardHelpOptions = true)
final class JobScheduleCommand implements Callable<Integer> {
  private enum Scheduler {
    CRONTAB,
    SYSTEMD,
    KUBERNETES
  }

  @Parameters(paramLabel = "FILE")
  private Path file = Path.of("");

  @Option(names = "--to", required = true, paramLabel = "crontab|systemd|kubernetes")
  private Scheduler to = Scheduler.CRONTAB;

  @Option(
      names = "--image",
      defaultValue = "cairn:0.1.0",
      description = "The container image (default: ${DEFAULT-VALUE}).")
  private String image = "";

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    JobSpec job = CheckedJob.read(file);
    Schedule schedule = job.schedule();
    if (schedule == null) {
      throw new UsageException("Cannot schedule job: " + file + " (with a schedule)");
    }
    Path folder = home.resolver().home().toAbsolutePath().normalize();
    ScheduleFiles files = new ScheduleFiles(job, schedule, CairnProcess.launcher(), folder);
    String text =
        switch (to) {
          case CRONTAB -> files.crontab();
          case SYSTEMD -> files.systemd();
          case KUBERNETES -> files.kubernetes(Files.readString(file), image);
        };
    output.result(Map.of("job", job.name(), "text", text), text.stripTrailing());
    return ExitCode.DONE;
  }
}
