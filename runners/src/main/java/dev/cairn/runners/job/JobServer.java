package dev.cairn.runners.job;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs by their schedules until it is stopped. The rule for missed runs: of those that were
 * due since the last run of a job began, while nobody served or the machine slept, one is made up
 * for at once, or none with {@code missed: skip}. A job that is still at work when it is due is not
 * begun again, and told as stuck past {@code stuck_after}. For one thread.
 */
public final class JobServer {
  /** The clock may be set, and the machine may sleep: it is looked at no more seldom than so. */
  private static final Duration LOOK = Duration.ofSeconds(20);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Begins a run of a job in the background. */
  @FunctionalInterface
  public interface Starter {
    /** The run as a process. */
    Process start(JobSpec job) throws IOException;
  }

  private final List<JobSpec> jobs;
  private final Path home;
  private final InstantSource clock;
  private final Starter starter;
  private final Consumer<String> told;
  private final Map<String, Instant> due = new HashMap<>();
  private final Map<String, Process> running = new HashMap<>();

  /**
   * A server.
   *
   * @param jobs with schedules, of different names
   * @param home the store's folder
   * @param told takes a line for each thing that happens
   */
  public JobServer(
      List<JobSpec> jobs, Path home, InstantSource clock, Starter starter, Consumer<String> told) {
    this.jobs = List.copyOf(jobs);
    this.home = home;
    this.clock = clock;
    this.starter = starter;
    this.told = told;
  }

  /**
   * Serves until the thread is interrupted.
   *
   * @throws InterruptedIOException when it was; the runs that it began have been told to end
   */
  public void serve() throws IOException {
    begin();
    try {
      while (true) {
        Duration pause = look();
        Thread.sleep(Math.max(1, Math.min(pause.toMillis(), LOOK.toMillis())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot serve jobs: stopped");
    } finally {
      running.values().forEach(Process::destroy);
    }
  }

  /** Finds when each job is due first. */
  void begin() throws IOException {
    Instant now = clock.instant();
    for (JobSpec job : jobs) {
      Schedule schedule = schedule(job);
      Instant last = lastBegun(job);
      Optional<Instant> missed = schedule.last(now).filter(at -> last != null && at.isAfter(last));
      if (missed.isPresent() && job.runMissed()) {
        told.accept(job.name() + ": a run was missed at " + missed.get() + ", it begins now");
        due.put(job.name(), now);
      } else {
        missed.ifPresent(at -> told.accept(job.name() + ": the run of " + at + " is skipped"));
        plan(job, now);
      }
    }
  }

  private void plan(JobSpec job, Instant after) {
    Optional<Instant> next = schedule(job).next(after);
    if (next.isEmpty()) {
      due.remove(job.name());
      told.accept(job.name() + ": is never due again");
    } else {
      due.put(job.name(), next.get());
      told.accept(job.name() + ": is due at " + next.get());
    }
  }

  /** Begins what is due; how long until the next is. */
  Duration look() throws IOException {
    Instant now = clock.instant();
    Duration pause = LOOK;
    for (JobSpec job : jobs) {
      reap(job);
      Instant at = due.get(job.name());
      if (at != null && !at.isAfter(now)) {
        begin(job);
        plan(job, now);
        at = due.get(job.name());
      }
      if (at != null && Duration.between(now, at).compareTo(pause) < 0) {
        pause = Duration.between(now, at);
      }
    }
    return pause;
  }

  private void reap(JobSpec job) {
    Process process = running.get(job.name());
    if (process != null && !process.isAlive()) {
      running.remove(job.name());
      told.accept(job.name() + ": ended with exit " + process.exitValue());
    }
  }

  private void begin(JobSpec job) throws IOException {
    if (running.containsKey(job.name())) {
      String owner = JobLock.owner(JobRun.folder(home, job), job, clock.instant());
      told.accept(job.name() + ": is due, but still at work (" + owner + ")");
    } else {
      told.accept(job.name() + ": begins");
      running.put(job.name(), starter.start(job));
    }
  }

  private static Schedule schedule(JobSpec job) {
    Schedule schedule = job.schedule();
    if (schedule == null) {
      throw new IllegalArgumentException("Cannot serve job: " + job.name() + " (with a schedule)");
    }
    return schedule;
  }

  /** When the job's last run began; null if none is known. */
  private @Nullable Instant lastBegun(JobSpec job) throws IOException {
    Path last = JobRun.folder(home, job).resolve("last.json");
    return Files.exists(last)
        ? Instant.parse(JSON.readTree(last.toFile()).path("started").asText())
        : null;
  }

  /** When jobs are due, by their names. */
  Map<String, Instant> due() {
    return Map.copyOf(due);
  }
}
