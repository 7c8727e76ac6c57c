package dev.cairn.models.embed;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The threads and the model behind all pools of one model in this JVM, counted by reference. */
final class SharedPool {

  /**
   * Texts that may wait for each worker: enough that a caller's pause starves none and that texts
   * of equal length meet, few enough that memory stays small (a text has some KiB).
   */
  private static final int QUEUED_PER_WORKER = 64;

  private static final Leases<ModelSpec, SharedPool> POOLS = new Leases<>();

  private final LoadedModel model;
  private final JobQueue queue;
  private final List<Thread> threads = new ArrayList<>();
  private volatile String numerics = "";

  private SharedPool(LoadedModel model, int width) {
    this.model = model;
    this.queue = new JobQueue(QUEUED_PER_WORKER * width, width, Grouping.GROUP_TOKENS);
    Grouping grouping = new Grouping(model.spec().precision());
    for (int i = 0; i < width; i++) {
      Thread thread = new Thread(new InferenceWorker(model, grouping, queue), "cairn-embed-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
  }

  static SharedPool lease(ModelFiles files, int width) throws IOException {
    return POOLS.lease(files.spec(), () -> new SharedPool(LoadedModel.load(files), width));
  }

  /** Gives one lease back; the last one ends the threads, after all queued texts, and the model. */
  void release() {
    if (!POOLS.giveBack(model.spec(), this)) {
      return;
    }
    queue.end();
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= joinFully(thread);
    }
    model.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The natives must not be freed under a running call, so an interrupt only waits its turn. */
  private static boolean joinFully(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  ModelSpec spec() {
    return model.spec();
  }

  int width() {
    return threads.size();
  }

  CompletableFuture<float[]> submit(String text, int maxTokens) {
    CompletableFuture<float[]> vector = new CompletableFuture<>();
    try {
      if (!queue.put(new EmbedJob(text, maxTokens, vector))) {
        throw new IllegalStateException("Cannot embed text: pool is closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InferenceException("Cannot embed text: interrupted while the queue was full", e);
    }
    return vector;
  }

  /** Computed once a pool; two threads that race compute the same. */
  String numerics() {
    if (numerics.isEmpty()) {
      numerics = NumericsProbe.digest(text -> submit(text, NumericsProbe.MAX_TOKENS));
    }
    return numerics;
  }
}
