package dev.cairn.runners.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cairn.pipelines.ReplacedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs a job's steps one after another, each as a process of its own in the folder of the job's
 * file: a step that dies takes nothing with it. What became of the last run is kept in {@code
 * jobs/NAME/last.json} below the home.
 */
public final class JobRun {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int QUEUED = 10;

  /** Long enough for a step to cancel its job on a cluster. */
  private static final long PATIENCE_SECONDS = 30;

  private final JobSpec job;
  private final Path home;
  private final List<String> cairn;
  private final List<String> flags;

  /**
   * A run.
   *
   * @param home the store's folder
   * @param cairn the command line that starts Cairn
   * @param flags of the job that each step has too
   */
  public JobRun(JobSpec job, Path home, List<String> cairn, List<String> flags) {
    this.job = job;
    this.flags = List.copyOf(flags);
    this.home = home.toAbsolutePath().normalize();
    this.cairn = List.copyOf(cairn);
  }

  /** Where a job keeps what is known of its runs. */
  static Path folder(Path home, JobSpec job) {
    return home.toAbsolutePath().normalize().resolve("jobs").resolve(job.name());
  }

  /**
   * Runs.
   *
   * @param told takes a line before each step
   * @throws JobBusyException if another process runs the job
   * @throws InterruptedIOException if the thread is interrupted; the step's process has ended then
   */
  public JobResult run(Consumer<String> told) throws IOException {
    Path folder = Files.createDirectories(folder(home, job));
    Instant started = Instant.now();
    JobLock lock = JobLock.take(folder, job);
    try {
      keep(folder, Map.of("job", job.name(), "outcome", "begun", "started", started.toString()));
      JobResult result = runSteps(started, told);
      keep(folder, result.toMap());
      return result;
    } finally {
      lock.close();
    }
  }

  private JobResult runSteps(Instant started, Consumer<String> told) throws IOException {
    List<JobResult.StepResult> results = new ArrayList<>();
    int exit = 0;
    for (Step step : job.steps()) {
      told.accept("step " + step.name());
      JobResult.StepResult result = run(step);
      results.add(result);
      boolean failed = result.exit() != 0 && result.exit() != QUEUED;
      exit = worse(exit, result.exit());
      if (failed) {
        told.accept("step " + step.name() + " failed: exit " + result.exit());
        if (!step.goOn()) {
          break;
        }
      }
    }
    return new JobResult(job.name(), started, Instant.now(), exit, results);
  }

  /** The first failure counts; what is queued counts less than any. */
  private static int worse(int before, int now) {
    boolean failedBefore = before != 0 && before != QUEUED;
    return failedBefore || now == 0 ? before : now;
  }

  private JobResult.StepResult run(Step step) throws IOException {
    long start = System.nanoTime();
    List<String> command = new ArrayList<>(cairn);
    command.addAll(step.words());
    command.add("--json");
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(job.file().resolveSibling("").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CAIRN_HOME", home.toString());
    Process process = builder.start();
    Thread end = new Thread(process::destroy, "cairn-job-stop");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      List<String> lines = lines(process);
      int exit = process.waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new JobResult.StepResult(step.name(), exit, seconds, json(lines));
    } catch (InterruptedException e) {
      stop(process); // before the thread is interrupted again, or nothing would wait for its end
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot finish step: " + step.name() + " (stopped)");
    } finally {
      process.destroy(); // of no effect on one that has ended
      removeHook(end);
    }
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      return out.lines().toList();
    }
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      hook.interrupt(); // this process is ending, and the hook has run
    }
  }

  /** What a step printed: one object, or a list of them. */
  private static JsonNode json(List<String> lines) {
    ArrayNode all = JSON.createArrayNode();
    for (String line : lines) {
      try {
        all.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        all.add(TextNode.valueOf(line));
      }
    }
    return all.size() == 1 ? all.get(0) : all;
  }

  private static void keep(Path folder, Map<String, ?> result) throws IOException {
    byte[] json = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(result);
    ReplacedFile.of(folder.resolve("last.json")).write(out -> out.write(json));
  }
}
