package dev.cairn.runners.engine.cluster;

import dev.cairn.io.store.Processes;
import java.time.Duration;

/**
 * One process of a cluster, known by its id and start, since ids are used again.
 *
 * @param name {@code jobmanager} or {@code taskmanager-N}
 * @param pid the process id
 * @param started the second of its start, 0 where the system does not tell
 */
record FlinkProcess(String name, long pid, long started) {
  private static final long LOOK_MILLIS = 50;

  static FlinkProcess of(String name, Process process) {
    return new FlinkProcess(name, process.pid(), Processes.started(process.toHandle()));
  }

  boolean isAlive() {
    return Processes.runs(pid, started);
  }

  /** Asks the process to end. */
  void terminate() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
    }
  }

  /** Waits until the process has ended, and ends it by force if it takes longer. */
  void awaitEnd(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isAlive()) {
      if (System.nanoTime() > deadline) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
      Thread.sleep(LOOK_MILLIS);
    }
  }
}
