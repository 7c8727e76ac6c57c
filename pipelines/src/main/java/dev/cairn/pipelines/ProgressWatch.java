package dev.cairn.pipelines;

import dev.cairn.transforms.embed.Progress;
import dev.cairn.transforms.embed.ShardTask;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);

  private final RunFolder folder;
  private final String job;
  private final long expected;
  private final long before;
  private final RunListener listener;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService timer;

  private ProgressWatch(
      RunFolder folder, String job, long expected, long before, RunListener listener) {
    this.folder = folder;
    this.job = job;
    this.expected = expected;
    this.before = before;
    this.listener = listener;
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
   * @param folder of this run
   * @param job whose workers are looked at, whoever started it
   * @param tasks that are left to do
   */
  static ProgressWatch start(
      RunFolder folder, String job, List<ShardTask> tasks, RunListener listener) {
    long text = tasks.stream().mapToLong(ShardTask::getTextBytes).sum();
    long expected = Math.round(text / CHARS_PER_TOKEN);
    long before = tokensBefore(folder, job);
    ProgressWatch watch = new ProgressWatch(folder, job, expected, before, listener);
    var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  private static long tokens(RunFolder folder, String job) throws IOException {
    long tokens = 0;
    for (Path progress : folder.progressOf(job)) {
      tokens += Files.isDirectory(progress) ? Progress.tokensIn(progress) : 0;
    }
    return tokens;
  }

  /** What was there before; as if nothing, where another run that ends takes it away meanwhile. */
  private static long tokensBefore(RunFolder folder, String job) {
    try {
      return tokens(folder, job);
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Another run of this job has just ended", e);
      return 0;
    }
  }

  private void look() {
    try {
      long tokens = tokens(folder, job) - before;
      if (tokens > 0) {
        listener.progress(tokens, Math.max(tokens, expected), (System.nanoTime() - start) / 1e9);
      }
    } catch (IOException | DirectoryIteratorException e) {
      LOG.debug("Another run of this job has just ended", e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
