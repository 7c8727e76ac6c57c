package dev.cairn.models.remote;

import dev.cairn.io.store.StorageException;
import dev.cairn.io.store.http.UnavailableException;
import dev.cairn.models.RemotePlace;
import dev.cairn.models.embed.Leases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

  private static final Leases<Key, RemotePool> POOLS = new Leases<>();

  private record Key(RemotePlace place, int dimension, RemoteLimits limits) {}

  private final Key key;
  private final RemoteModel model;
  private final TokenBatches batches;
  private final List<Thread> threads = new ArrayList<>();
  private volatile @Nullable IOException broken;

  private RemotePool(Key key, RemoteModel model) {
    RemoteLimits limits = key.limits();
    this.key = key;
    this.model = model;
    this.batches = new TokenBatches(QUEUED * limits.requests());
    for (int i = 0; i < limits.requests(); i++) {
      Thread thread = new Thread(this::work, "cairn-remote-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  static RemotePool lease(
      RemotePlace place, int dimension, RemoteLimits limits, Leases.Opener<RemoteModel> model)
      throws IOException {
    Key key = new Key(place, dimension, limits);
    return POOLS.lease(key, () -> new RemotePool(key, model.open()));
  }

  /** Gives one lease back; the last one ends the requests. */
  void release() {
    if (!POOLS.giveBack(key, this)) {
      return;
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

  private void embed(List<RemoteJob> batch) {
    try {
      model.embed(batch, key.dimension());
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

  private synchronized void fail(IOException e) {
    if (broken == null) {
      broken = e;
    }
    POOLS.retire(key, this);
    batches.end().forEach(job -> job.vector().completeExceptionally(e));
  }

  private IOException reason() {
    IOException e = broken;
    return e == null ? new StorageException("Cannot embed text: closed", null) : e;
  }
}
