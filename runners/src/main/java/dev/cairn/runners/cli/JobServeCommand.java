package dev.cairn.runners.cli;

import dev.cairn.runners.job.JobServer;
import dev.cairn.runners.job.JobSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code cairn job serve}: the embedded scheduler. */
@Command(
    name = "serve",
    description = "Runs jobs by their schedules until it is stopped.",
    mixinStandardHelpOptions = true)
final class JobServeCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*")
  private List<Path> files = new ArrayList<>();

  @Mixin private HomeOptions home = new HomeOptions();
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    List<JobSpec> jobs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Path file : files) {
      JobSpec job = CheckedJob.read(file);
      if (job.schedule() == null || !names.add(job.name())) {
        throw new UsageException(
            "Cannot serve job: " + file + " (with a schedule, and a name of its own)");
      }
      jobs.add(job);
    }
    Path folder = home.resolver().home().toAbsolutePath().normalize();
    JobServer server =
        new JobServer(jobs, folder, InstantSource.system(), job -> start(job, folder), this::told);
    return StopSignal.watch(
        () -> {
          server.serve();
          return ExitCode.DONE;
        });
  }

  private static Process start(JobSpec job, Path home) throws IOException {
    List<String> command = new ArrayList<>(CairnProcess.command());
    command.addAll(List.of("job", "run", job.file().toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CAIRN_HOME", home.toString());
    return builder.start();
  }

  private void told(String line) {
    output.note(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line);
  }
}
