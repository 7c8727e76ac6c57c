package dev.cairn.transforms.embed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a worker JVM is in a run: a small file of two numbers, chunks and tokens, rewritten every
 * few seconds. It is only looked at by a person's launcher: losing it loses nothing.
 */
public final class Progress {
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final ConcurrentHashMap<String, Progress> OF_FOLDER = new ConcurrentHashMap<>();

  private final @Nullable Path file;
  private final AtomicLong chunks = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong written = new AtomicLong(System.nanoTime());

  private Progress(String folder) {
    this.file =
        folder.isEmpty()
            ? null
            : Path.of(
                folder,
                "worker-"
                    + ProcessHandle.current().pid()
                    + "-"
                    + Long.toHexString(System.nanoTime()));
  }

  /** This JVM's progress in the run that keeps it in {@code folder}. */
  static Progress in(String folder) {
    return OF_FOLDER.computeIfAbsent(folder, Progress::new);
  }

  void add(long moreChunks, long moreTokens) {
    chunks.addAndGet(moreChunks);
    tokens.addAndGet(moreTokens);
    long last = written.get();
    long now = System.nanoTime();
    if (file != null && now - last > EVERY_NANOS && written.compareAndSet(last, now)) {
      write(file);
    }
  }

  private void write(Path to) {
    try {
      Files.writeString(to, chunks.get() + " " + tokens.get() + "\n", StandardCharsets.US_ASCII);
    } catch (IOException e) {
      LOG.warn("Cannot tell progress: {} (a file that can be written)", to, e);
    }
  }

  /** The tokens that the workers of a run have embedded, as far as they have told. */
  public static long tokensIn(Path folder) throws IOException {
    long sum = 0;
    try (var files = Files.newDirectoryStream(folder, "worker-*")) {
      for (Path worker : files) {
        String[] numbers =
            Files.readString(worker, StandardCharsets.US_ASCII).strip().split(" ", -1);
        sum += numbers.length == 2 ? Long.parseLong(numbers[1]) : 0;
      }
    }
    return sum;
  }
}
