package dev.cairn.io.block;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Threads that hash beside their owner, which alone hands them work and takes the results in order.
 * They start with the first work, and closing ends them and what they are at. Not thread-safe.
 */
public final class HashThreads implements Closeable {
  /** Above this, one owner cannot keep them busy (measured: SHA-256 at 1.9 GB/s a thread). */
  private static final int MAX_THREADS = 4;

  private final int threads;
  private @Nullable ExecutorService pool;

  /** So many threads; one is the owner itself. */
  public HashThreads(int threads) {
    this.threads = threads;
  }

  /** As many as this machine has use for. */
  public static HashThreads standard() {
    return new HashThreads(standardCount());
  }

  /** How many threads this machine has use for. */
  public static int standardCount() {
    return Math.min(Runtime.getRuntime().availableProcessors(), MAX_THREADS);
  }

  /** Pieces of work that keep all threads busy while the owner is at something else. */
  public int window() {
    return 2 * threads;
  }

  /** Hands over a piece of work, whose result is to be had by {@link #await}. */
  public <T> Future<T> submit(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    if (threads > 1) {
      pool().execute(task);
    } else {
      task.run();
    }
    return task;
  }

  private ExecutorService pool() {
    if (pool == null) {
      pool =
          Executors.newFixedThreadPool(
              threads,
              work -> {
                Thread thread = new Thread(work, "cairn-hash");
                thread.setDaemon(true);
                return thread;
              });
    }
    return pool;
  }

  /**
   * Waits for the result of a piece of work.
   *
   * @throws IOException as the work threw it, or {@link InterruptedIOException}
   */
  public static <T> T await(Future<T> task) throws IOException {
    return Waits.await(task, "hashing");
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
