package dev.cairn.models.remote;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.models.RemotePlace;
import dev.failsafe.RateLimiter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The threads behind all embedders of one remote model in this JVM, counted by reference: one asks
 * at a time. Once an endpoint gave no answer for all of the patience, all that waits fails with it,
 * and whoever comes later starts anew.
 */
final class RemotePool {
  /** Texts that may wait for each request: as many as four requests have. */
  private static final int QUEUED = 4 * RemoteLimits.TEXTS;

  private static final Map<Key, RemotePool> POOLS = new HashMap<>();

  private record Key(RemotePlace place, int dimension, RemoteLimits limits) {}

  private final Key key;
  private final RemoteModel model;
  private final TokenBatches batches;
  private final @Nullable RateLimiter<Object> quota;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable IOException broken;
  private int leases;

  private RemotePool(Key key, RemoteModel model) {
    RemoteLimits limits = key.limits();
    this.key = key;
    this.model = model;
    this.batches = new TokenBatches(QUEUED * limits.requests());
    this.quota =
        limits.tokensPerMinute() == 0
            ? null
            : RateLimiter.smoothBuilder(limits.tokensPerMinute(), Duration.ofMinutes(1)).build();
    for (int i = 0; i < limits.requests(); i++) {
      Thread thread = new Thread(this::work, "cairn-remote-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  /** Opens a model. */
  interface Opener {
    RemoteModel open() throws IOException;
  }

  static RemotePool lease(RemotePlace place, int dimension, RemoteLimits limits, Opener opener)
      throws IOException {
    Key key = new Key(place, dimension, limits);
    synchronized (POOLS) {
      RemotePool pool = POOLS.get(key);
      if (pool == null) {
        pool = new RemotePool(key, opener.open());
        POOLS.put(key, pool);
      }
      pool.leases++;
      return pool;
    }
  }

  /** Gives one lease back; the last one ends the requests. */
  void release() {
    synchronized (POOLS) {
      leases--;
      if (leases > 0) {
        return;
      }
      POOLS.remove(key, this);
    }
    fail(new StorageException("Cannot embed text: closed meanwhile", null));
    threads.forEach(Thread::interrupt);
    model.close();
  }

  CompletableFuture<float[]> submit(String text, int tokens) throws InterruptedException {
    CompletableFuture<float[]> vector = new CompletableFuture<>();
    if (!batches.put(new RemoteJob(text, tokens, vector))) {
      vector.completeExceptionally(reason());
    }
    return vector;
  }

  private void work() {
    try {
      List<RemoteJob> batch = batches.take();
      while (!batch.isEmpty()) {
        embed(batch);
        batch = batches.take();
      }
    } catch (InterruptedException e) {
      fail(new StorageException("Cannot embed text: interrupted", e));
    }
  }

  private void embed(List<RemoteJob> batch) throws InterruptedException {
    try {
      ask(batch);
    } catch (UnavailableException e) {
      fail(e);
      batch.forEach(job -> job.vector().completeExceptionally(e));
    } catch (IOException | RuntimeException | Error e) {
      batch.forEach(job -> job.vector().completeExceptionally(e));
    } finally {
      // Whatever happens, nobody waits for ever.
      batch.forEach(job -> job.vector().cancel(false));
    }
  }

  /** What is too much at once is asked in halves, down to the one text that is refused. */
  private void ask(List<RemoteJob> batch) throws IOException, InterruptedException {
    if (quota != null) {
      quota.acquirePermits(Math.max(1, batch.stream().mapToInt(RemoteJob::tokens).sum()));
    }
    try {
      List<String> texts = batch.stream().map(RemoteJob::text).toList();
      List<float[]> vectors = model.ask(texts, key.dimension());
      for (int i = 0; i < vectors.size(); i++) {
        batch.get(i).vector().complete(vectors.get(i));
      }
    } catch (TooMuchException e) {
      if (batch.size() == 1) {
        batch.get(0).vector().completeExceptionally(e);
      } else {
        ask(batch.subList(0, batch.size() / 2));
        ask(batch.subList(batch.size() / 2, batch.size()));
      }
    }
  }

  private void fail(IOException e) {
    synchronized (POOLS) {
      if (broken == null) {
        broken = e;
      }
      POOLS.remove(key, this);
    }
    batches.end().forEach(job -> job.vector().completeExceptionally(e));
  }

  private IOException reason() {
    IOException e = broken;
    return e == null ? new StorageException("Cannot embed text: closed", null) : e;
  }
}
