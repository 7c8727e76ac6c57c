package dev.cairn.io.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cairn.io.block.Block;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
  private static final int WRITERS = 4;
  private static final int BATCHES = 40;

  @TempDir Path home;

  @Test
  void writersAndReadersShareAHome() throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    ConcurrentLinkedQueue<Block> sealed = new ConcurrentLinkedQueue<>();
    AtomicBoolean done = new AtomicBoolean();
    try (LocalStore shared = LocalStore.open(home)) {
      List<Future<Integer>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int number = i;
        writers.add(pool.submit(() -> write(shared, number, sealed)));
      }
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(pool.submit(() -> read(sealed, done)));
      }
      int batches = 0;
      for (Future<Integer> writer : writers) {
        batches += writer.get();
      }
      done.set(true);
      int reads = 0;
      for (Future<Integer> reader : readers) {
        reads += reader.get();
      }
      assertThat(batches).isEqualTo(WRITERS * BATCHES);
      assertThat(reads).isPositive();
      assertThat(shared.verify().all().isClean()).isTrue();
      for (Block block : sealed) {
        assertThat(shared.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(Homes.files(home.resolve("tmp"))).isEmpty();
    assertThat(Homes.files(home.resolve("writers"))).isEmpty();
  }

  /** Half of the writers share a store, as tasks of a JVM do; the others are like processes. */
  private int write(LocalStore shared, int number, ConcurrentLinkedQueue<Block> sealed)
      throws IOException {
    LocalStore store = number % 2 == 0 ? shared : LocalStore.open(home);
    int batches = 0;
    for (; batches < BATCHES; batches++) {
      Block common = Homes.text("common " + batches);
      Block own = Homes.text("writer " + number + " batch " + batches);
      Homes.put(store, common, own);
      sealed.add(common);
      sealed.add(own);
      store.actions().put("writer-" + number, Integer.toString(batches), List.of());
    }
    assertThat(store.actions().get("writer-" + number)).contains(Integer.toString(batches - 1));
    if (store != shared) {
      store.close();
    }
    return batches;
  }

  private int read(ConcurrentLinkedQueue<Block> sealed, AtomicBoolean done) throws IOException {
    int reads = 0;
    try (LocalStore store = LocalStore.open(home)) {
      while (!done.get() || reads == 0) {
        for (Block block : sealed) {
          assertThat(store.has(block.cid())).isTrue();
          assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
          reads++;
        }
      }
    }
    return reads;
  }

  @Test
  void anInterruptedReaderDoesNotDisturbOthers() throws Exception {
    Block block = Homes.text("a");
    ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();
    try (LocalStore store = LocalStore.open(home)) {
      Homes.put(store, block);
      for (int i = 0; i < 20; i++) {
        Thread interrupted = new Thread(() -> readInterrupted(store, block, failures));
        interrupted.start();
        interrupted.join();
        assertThat(store.get(block.cid()).bytes()).isEqualTo(block.bytes());
      }
    }
    // The channel closes under an interrupted thread; that is for it to bear.
    assertThat(failures).hasSize(20).hasOnlyElementsOfType(StorageException.class);
  }

  private static void readInterrupted(
      LocalStore store, Block block, ConcurrentLinkedQueue<IOException> failures) {
    Thread.currentThread().interrupt();
    try {
      store.get(block.cid());
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
