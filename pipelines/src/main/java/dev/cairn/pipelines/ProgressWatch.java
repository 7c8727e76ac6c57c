package dev.cairn.pipelines;

import dev.cairn.transforms.embed.Progress;
import dev.cairn.transforms.embed.ShardTask;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at what a run's workers tell and passes it on, every second until it is closed. */
final class ProgressWatch implements Closeable {
  /** Characters of English text a token has, about: good enough for an estimate of time. */
  private static final double CHARS_PER_TOKEN = 4.3;

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
      RunFolder folder, String job, List<ShardTask> tasks, RunListener listener)
      throws IOException {
    long text = tasks.stream().mapToLong(ShardTask::getTextBytes).sum();
    long expected = Math.round(text / CHARS_PER_TOKEN);
    long before = tokens(folder, job);
    ProgressWatch watch = new ProgressWatch(folder, job, expected, before, listener);
    var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  private static long tokens(RunFolder folder, String job) throws IOException {
    long tokens = 0;
    for (Path progress : folder.progressOf(job)) {
      tokens += Progress.tokensIn(progress);
    }
    return tokens;
  }

  private void look() {
    try {
      long tokens = tokens(folder, job) - before;
      if (tokens > 0) {
        listener.progress(tokens, Math.max(tokens, expected), (System.nanoTime() - start) / 1e9);
      }
    } catch (IOException e) {
      listener.note("progress is not known: " + e.getMessage());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
