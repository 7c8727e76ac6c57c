package dev.cairn.models.embed;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A bounded queue with an end: putting blocks while it is full, and after {@link #end} what is
 * queued is still handed out, then nothing. One lock a text, where a text takes milliseconds.
 */
final class JobQueue {

  private final int capacity;
  private final ArrayDeque<EmbedJob> jobs = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  JobQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Blocks while the queue is full. False if the queue has ended: the job was not taken. */
  boolean put(EmbedJob job) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && jobs.size() >= capacity) {
        changed.await();
      }
      if (ended) {
        return false;
      }
      jobs.add(job);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** The next job, or empty when the queue has ended and nothing is left. */
  Optional<EmbedJob> take() {
    lock.lock();
    try {
      while (!ended && jobs.isEmpty()) {
        changed.awaitUninterruptibly();
      }
      EmbedJob job = jobs.poll();
      changed.signalAll();
      return Optional.ofNullable(job);
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
