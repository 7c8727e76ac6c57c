package dev.cairn.io.store.tier;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.FileSpan;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.http.UnavailableException;
import dev.failsafe.CircuitBreaker;
import java.io.IOException;
import java.time.Duration;

/**
 * A tier on another machine, or in another process. One that did not answer is not asked again for
 * a while: each question would wait for its time-outs anew. As safe for threads as the store is.
 */
final class RemoteTier implements BlockStore {
  private static final Duration REST = Duration.ofSeconds(10);

  private final String name;
  private final BlockStore store;
  private final CircuitBreaker<Object> breaker =
      CircuitBreaker.builder().withFailureThreshold(1).withDelay(REST).build();

  /**
   * Over a store, which is closed with it.
   *
   * @param name what it is and where, for people
   */
  RemoteTier(String name, BlockStore store) {
    this.name = name;
    this.store = store;
  }

  @Override
  public Block get(Cid cid) throws IOException {
    return ask(() -> store.get(cid));
  }

  @Override
  public Block get(Cid cid, FileSpan span) throws IOException {
    return ask(() -> store.get(cid, span));
  }

  @Override
  public boolean has(Cid cid) throws IOException {
    return ask(() -> store.has(cid));
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private <T> T ask(Question<T> question) throws IOException {
    if (!breaker.tryAcquirePermit()) {
      throw new UnavailableException(
          "Cannot ask " + name + ": it did not answer just now (again after " + REST + ")", null);
    }
    try {
      return question.ask();
    } catch (UnavailableException e) {
      breaker.recordFailure();
      throw e;
    } finally {
      if (!breaker.isOpen()) {
        breaker.recordSuccess();
      }
    }
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  /** What it is and where. */
  @Override
  public String toString() {
    return name;
  }
}
