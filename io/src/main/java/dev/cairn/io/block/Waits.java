package dev.cairn.io.block;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for other threads as one waits for a disk: what goes wrong is an {@link IOException}. */
public final class Waits {
  private Waits() {}

  /**
   * Waits for the result of a piece of work.
   *
   * @param doing what it is, for messages: {@code hashing}
   * @throws IOException as the work threw it, or {@link InterruptedIOException}
   */
  public static <T> T await(Future<T> work, String doing) throws IOException {
    try {
      return work.get();
    } catch (InterruptedException e) {
      throw interrupted(doing, e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("Cannot go on " + doing + ": " + e.getCause(), e);
    }
  }

  /** What to throw when a wait was interrupted; the thread stays interrupted. */
  public static InterruptedIOException interrupted(String doing, InterruptedException e) {
    Thread.currentThread().interrupt();
    InterruptedIOException interrupted = new InterruptedIOException("Interrupted while " + doing);
    interrupted.initCause(e);
    return interrupted;
  }
}
