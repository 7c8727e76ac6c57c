package dev.cairn.pipelines;

import dev.cairn.transforms.embed.Progress;
import dev.cairn.transforms.embed.ShardTask;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Looks at what a run's workers tell and passes it on, every second until it is closed. */
final class ProgressWatch implements Closeable {
  /** Characters of English text a token has, about: good enough for an estimate of time. */
  private static final double CHARS_PER_TOKEN = 4.3;

  private final Path folder;
  private final long expected;
  private final RunListener listener;
  private final RunClock clock = new RunClock();
  private final ScheduledExecutorService timer;

  private ProgressWatch(Path folder, long expected, RunListener listener) {
    this.folder = folder;
    this.expected = expected;
    this.listener = listener;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "cairn-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  static ProgressWatch start(EmbedConfig config, List<ShardTask> tasks, RunListener listener)
      throws IOException {
    Path runs = Path.of(config.policy().home(), "runs");
    Files.createDirectories(runs);
    long text = tasks.stream().mapToLong(ShardTask::getTextBytes).sum();
    Path folder = Files.createTempDirectory(runs, "embed-");
    ProgressWatch watch = new ProgressWatch(folder, Math.round(text / CHARS_PER_TOKEN), listener);
    var unused = watch.timer.scheduleWithFixedDelay(watch::look, 1, 1, TimeUnit.SECONDS);
    return watch;
  }

  /** Where workers tell how far they are. */
  Path folder() {
    return folder;
  }

  private void look() {
    try {
      long tokens = Progress.tokensIn(folder);
      if (tokens > 0) {
        listener.progress(tokens, Math.max(tokens, expected), clock.seconds());
      }
    } catch (IOException e) {
      listener.note("progress is not known: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.deleteIfExists(path);
    }
  }
}
