package dev.cairn.runners.cli;

import dev.cairn.runners.job.JobException;
import dev.cairn.runners.job.JobFile;
import dev.cairn.runners.job.JobSpec;
import dev.cairn.runners.job.Step;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;

/** Reads job files and checks each step as if it were typed. */
final class CheckedJob {
  private CheckedJob() {}

  /** The job of a file. */
  static JobSpec read(Path file) throws IOException {
    JobSpec job;
    try {
      job = JobFile.read(file);
    } catch (JobException e) {
      throw new UsageException(String.valueOf(e.getMessage()), e);
    }
    for (Step step : job.steps()) {
      try {
        Cairn.commandLine().parseArgs(step.words().toArray(String[]::new));
      } catch (CommandLine.ParameterException e) {
        throw new UsageException(
            "Cannot use job: " + file + ": step " + step.name() + ": " + e.getMessage(), e);
      }
    }
    return job;
  }
}
