package dev.cairn.models.remote;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The texts between callers and requests: bounded, in order of arrival, handed out in batches of at
 * most so many texts and tokens. Putting blocks while it is full.
 */
final class TokenBatches {
  private final int capacity;
  private final ArrayDeque<RemoteJob> waiting = new ArrayDeque<>();
  private boolean ended;

  TokenBatches(int capacity) {
    this.capacity = capacity;
  }

  /** Blocks while it is full. False if it has ended: the job was not taken. */
  synchronized boolean put(RemoteJob job) throws InterruptedException {
    while (!ended && waiting.size() >= capacity) {
      wait();
    }
    if (!ended) {
      waiting.add(job);
      notifyAll();
    }
    return !ended;
  }

  /** The next batch, without texts that nobody waits for any more; empty when it has ended. */
  synchronized List<RemoteJob> take() throws InterruptedException {
    List<RemoteJob> batch = new ArrayList<>();
    int tokens = 0;
    while (batch.isEmpty()) {
      while (!ended && waiting.isEmpty()) {
        wait();
      }
      if (ended) {
        break;
      }
      for (RemoteJob next = waiting.peek(); next != null; next = waiting.peek()) {
        boolean full = batch.size() == RemoteLimits.TEXTS;
        if (full || (!batch.isEmpty() && tokens + next.tokens() > RemoteLimits.TOKENS)) {
          break;
        }
        waiting.remove();
        if (!next.vector().isDone()) {
          batch.add(next);
          tokens += next.tokens();
        }
      }
      notifyAll();
    }
    return batch;
  }

  /** No text is handed out from now on; those that wait are returned. */
  synchronized List<RemoteJob> end() {
    ended = true;
    List<RemoteJob> left = List.copyOf(waiting);
    waiting.clear();
    notifyAll();
    return left;
  }
}
