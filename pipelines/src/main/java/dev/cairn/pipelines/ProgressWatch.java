package dev.cairn.pipelines;

import dev.cairn.transforms.embed.ShardTask;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at what a run's workers tell and passes it on, every second until it is closed. */
final class ProgressWatch implements Closeable {
  /** Characters of English text a token has, about: good enough for an estimate of time. */
  private static final double CHARS_PER_TOKEN = 4.3;

  private static final long LAST_LOOK_SECONDS = 60;
  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);

  private final Workplace workplace;
  private final String job;
  private final List<String> shards;
  private final long expected;
  private final RunListener listener;
  private final long before;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService timer;

  private ProgressWatch(
      Workplace workplace, String job, List<ShardTask> tasks, RunListener listener) {
    this.workplace = workplace;
    this.job = job;
    this.shards = tasks.stream().map(ShardTask::getKey).toList();
    long text = tasks.stream().mapToLong(ShardTask::getTextBytes).sum();
    this.expected = Math.round(text / CHARS_PER_TOKEN);
    this.listener = listener;
    this.before = tokensBefore();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cairn-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to look.
   *
   * @param workplace of this run
   * @param job whose workers are looked at, whoever started it
   * @param tasks that are left to do
   */
  static ProgressWatch start(
      Workplace workplace, String job, List<ShardTask> tasks, RunListener listener) {
    ProgressWatch watch = new ProgressWatch(workplace, job, tasks, listener);
    var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  /** What was there before; as if nothing, where another run that ends takes it away meanwhile. */
  private long tokensBefore() {
    try {
      return workplace.tokens(job, shards);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Another run of this job has just ended", e);
      return 0;
    }
  }

  private void look() {
    try {
      long tokens = workplace.tokens(job, shards) - before;
      if (tokens > 0) {
        listener.progress(tokens, Math.max(tokens, expected), (System.nanoTime() - start) / 1e9);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Another run of this job has just ended", e);
    }
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      // Not interrupted: it may be writing into the store.
      timer.awaitTermination(LAST_LOOK_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
