package dev.cairn.models.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The texts between callers and workers: bounded, in order of arrival, and handed out in groups of
 * equal token length. Putting blocks while it is full; after {@link #end} what is queued is still
 * handed out, then nothing. Its one lock is taken a few times a text, where a text takes
 * milliseconds.
 */
final class JobQueue {

  private final int capacity;
  private final int workers;
  private final int groupTokens;
  private final ArrayDeque<EmbedJob> arrived = new ArrayDeque<>();
  private final ArrayDeque<EncodedJob> encoded = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean ended;

  /**
   * A queue for some workers.
   *
   * @param capacity most texts that wait
   * @param groupTokens most tokens of a group of more than one text
   */
  JobQueue(int capacity, int workers, int groupTokens) {
    this.capacity = capacity;
    this.workers = workers;
    this.groupTokens = groupTokens;
  }

  /** Blocks while the queue is full. False if the queue has ended: the job was not taken. */
  boolean put(EmbedJob job) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!ended && arrived.size() + encoded.size() >= capacity) {
        changed.await();
      }
      if (!ended) {
        arrived.add(job);
        changed.signalAll();
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The text that came first and others of its length, all encoded; empty when the queue has ended
   * and nothing is left. What has arrived is encoded first, on this thread and outside the lock.
   *
   * @param encoder empty for a text that failed and is done with
   */
  List<EncodedJob> takeGroup(Function<EmbedJob, Optional<EncodedJob>> encoder) {
    while (true) {
      EmbedJob job;
      lock.lock();
      try {
        while (!ended && arrived.isEmpty() && encoded.isEmpty()) {
          changed.awaitUninterruptibly();
        }
        if (arrived.isEmpty()) {
          changed.signalAll();
          return removeGroup();
        }
        job = arrived.remove();
      } finally {
        lock.unlock();
      }
      encoder.apply(job).ifPresent(this::add);
    }
  }

  private void add(EncodedJob job) {
    lock.lock();
    try {
      encoded.add(job);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A group is no more than a worker's share of what waits, so that none is left idle for it. */
  private List<EncodedJob> removeGroup() {
    List<EncodedJob> group = new ArrayList<>();
    if (encoded.isEmpty()) {
      return group;
    }
    int share = encoded.size() / workers;
    int tokens = encoded.element().tokens();
    int most = Math.max(1, Math.min(share, groupTokens / tokens));
    for (Iterator<EncodedJob> all = encoded.iterator(); all.hasNext() && group.size() < most; ) {
      EncodedJob job = all.next();
      if (job.tokens() == tokens) {
        group.add(job);
        all.remove();
      }
    }
    return group;
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
