package dev.cairn.runners.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a command remove what it has not finished when the process is told to end (SIGINT, SIGTERM,
 * SIGHUP): its thread is interrupted, and the process waits until it is done.
 */
final class StopSignal {
  /** Long enough to delete many files, short enough for who waits. */
  private static final long PATIENCE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
  private static volatile boolean stopping;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::stop, "cairn-stop");

  private StopSignal() {}

  /** What a command does, with its exit code. */
  @FunctionalInterface
  interface Work {
    int run() throws IOException;
  }

  /** Does the work of a command on the calling thread. */
  static int watch(Work work) throws IOException {
    StopSignal signal = new StopSignal();
    Runtime.getRuntime().addShutdownHook(signal.hook);
    try {
      return work.run();
    } finally {
      signal.end();
    }
  }

  /** True once the process is ending: nobody wants to be told of the errors that follow. */
  static boolean isStopping() {
    return stopping;
  }

  private void stop() {
    stopping = true;
    worker.interrupt();
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Not all was removed within {} s", PATIENCE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      LOG.debug("The process is ending", e);
    }
  }
}
