package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelIdentity;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferencePoolTest {

  @TempDir static Path cache;

  private static ModelFiles files;

  @BeforeAll
  static void materialize() throws IOException {
    files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
  }

  /** Texts of 1 to 60 words, so that many share a length. */
  private static List<String> texts(int count) {
    Random random = new Random(4);
    List<String> words = List.of("court", "stone", "unfathomable", "river", "17", "caf\u00e9");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int w = random.nextInt(i % 5 == 0 ? 60 : 8); w >= 0; w--) {
        text.append(words.get(random.nextInt(words.size()))).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  @Test
  void vectorsComeInOrderWithTheBitsThatEachTextHasAlone() throws IOException {
    List<String> texts = texts(150);
    List<float[]> alone = new ArrayList<>();
    try (InferencePool pool = InferencePool.acquire(files, 256, 1)) {
      for (String text : texts) {
        alone.add(pool.embed(List.of(text)).get(0));
      }
    }
    try (InferencePool pool = InferencePool.acquire(files, 256, 2)) {
      assertThat(pool.embed(texts)).usingRecursiveComparison().isEqualTo(alone);
    }
  }

  @Test
  void manyThreadsGetTheSameBitsInAnyOrder() throws Exception {
    List<String> texts = texts(40);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try (InferencePool pool = InferencePool.acquire(files, 256)) {
      List<float[]> expected = pool.embed(texts);
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int seed = 0; seed < 6; seed++) {
        Random random = new Random(seed);
        calls.add(() -> sameWhenShuffled(pool, texts, expected, random));
      }
      for (Future<Boolean> same : threads.invokeAll(calls)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static boolean sameWhenShuffled(
      InferencePool pool, List<String> texts, List<float[]> expected, Random random) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, random);
    List<float[]> vectors = pool.embed(order.stream().map(texts::get).toList());
    for (int i = 0; i < order.size(); i++) {
      if (!Arrays.equals(vectors.get(i), expected.get(order.get(i)))) {
        return false;
      }
    }
    return true;
  }

  @Test
  void refusedTextFailsItsOwnFutureOnly() throws IOException {
    try (InferencePool pool = InferencePool.acquire(files, 16)) {
      CompletableFuture<float[]> good = pool.submit("a good text");
      CompletableFuture<float[]> empty = pool.submit(" ");
      CompletableFuture<float[]> tooLong = pool.submit("stone ".repeat(15));
      CompletableFuture<float[]> broken = pool.submit("half a pair \ud83d");
      CompletableFuture<float[]> after = pool.submit("a good text");

      assertThat(good.join()).hasSize(384).isEqualTo(after.join());
      for (CompletableFuture<float[]> refused : List.of(empty, tooLong, broken)) {
        assertThatThrownBy(refused::join).hasCauseInstanceOf(TextRefusedException.class);
      }
    }
  }

  @Test
  void embedThrowsTheRefusalItself() throws IOException {
    try (InferencePool pool = InferencePool.acquire(files, 16)) {
      assertThatThrownBy(() -> pool.embed(List.of("fine", "", "fine")))
          .isInstanceOf(TextRefusedException.class)
          .hasMessage("Cannot encode text: no token in 0 chars (at least one)");
    }
  }

  @Test
  void sharesOfOneModelUseOnePoolUntilTheLastIsClosed() throws IOException {
    InferencePool first = InferencePool.acquire(files, 256, 1);
    InferencePool second = InferencePool.acquire(files, 32, 7);
    assertThat(second.width()).isEqualTo(1);

    first.close();
    first.close();

    assertThatThrownBy(() -> first.submit("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Cannot embed text: pool is closed");
    assertThat(second.embed(List.of("a"))).hasSize(1);
    second.close();
    try (InferencePool third = InferencePool.acquire(files, 256, 2)) {
      assertThat(third.width()).isEqualTo(2);
    }
  }

  @Test
  void closeWaitsForWhatWasSubmitted() throws IOException {
    List<CompletableFuture<float[]>> vectors = new ArrayList<>();
    try (InferencePool pool = InferencePool.acquire(files, 256)) {
      texts(60).forEach(text -> vectors.add(pool.submit(text)));
    }
    assertThat(vectors).allMatch(vector -> vector.isDone() && !vector.isCompletedExceptionally());
  }

  @Test
  void submitBlocksWhileTheQueueIsFull() throws Exception {
    List<CompletableFuture<float[]>> submitted = new CopyOnWriteArrayList<>();
    int texts = 300;
    CountDownLatch release = new CountDownLatch(1);
    try (InferencePool pool = InferencePool.acquire(files, 256, 1)) {
      CompletableFuture<Void> holdingTheWorker = hold(pool, release);
      Thread caller =
          new Thread(
              () -> {
                for (int i = 0; i < texts; i++) {
                  submitted.add(pool.submit("text " + i));
                }
              });
      caller.start();
      while (caller.getState() != Thread.State.WAITING) {
        Thread.sleep(5);
      }

      assertThat(submitted).hasSizeLessThan(texts);

      release.countDown();
      caller.join();
      assertThat(holdingTheWorker).satisfies(CompletableFuture::join);
      assertThat(submitted).hasSize(texts).allSatisfy(v -> assertThat(v.join()).hasSize(384));
    }
  }

  /** Has the worker wait; where it was done before it could be told to, this thread is not held. */
  private static CompletableFuture<Void> hold(InferencePool pool, CountDownLatch release)
      throws IOException {
    Thread caller = Thread.currentThread();
    CompletableFuture<Void> held;
    do {
      held =
          pool.submit("first")
              .thenAccept(
                  vector -> {
                    if (Thread.currentThread() != caller) {
                      awaitOrFail(release);
                    }
                  });
    } while (held.isDone());
    return held;
  }

  private static void awaitOrFail(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void identityIsTheSameInTwoPoolsOfAnyWidth() throws IOException {
    ModelIdentity first;
    try (InferencePool pool = InferencePool.acquire(files, 256, 1)) {
      first = pool.identity();
    }
    try (InferencePool pool = InferencePool.acquire(files, 256, 3)) {
      pool.embed(texts(50));
      assertThat(pool.identity()).isEqualTo(first);
    }
    assertThat(first.maxTokens()).isEqualTo(256);
    assertThat(first.numerics()).matches("[0-9a-f]{64}");
  }

  @Test
  void limitIsTheSharesOwn() throws IOException {
    try (InferencePool narrow = InferencePool.acquire(files, 8);
        InferencePool wide = InferencePool.acquire(files, 256)) {
      String text = "stone ".repeat(20);
      assertThat(wide.embed(List.of(text))).hasSize(1);
      assertThatThrownBy(() -> narrow.embed(List.of(text)))
          .isInstanceOf(TextRefusedException.class);
      assertThat(narrow.identity().numerics()).isEqualTo(wide.identity().numerics());
      assertThat(narrow.identity()).isNotEqualTo(wide.identity());
    }
  }

  @Test
  void nothingThatLiesBesideTheModelIsRead(@TempDir Path other) throws IOException {
    ModelFiles own = ModelFiles.of(files.ref(), other);
    Path folder = other.resolve("models").resolve(own.spec().weights());
    Files.writeString(
        folder.resolve("serving.properties"),
        "engine=NoSuchEngine\nblockFactory=no.such.Factory\n");
    Files.createDirectories(folder.resolve("classes"));
    Files.writeString(folder.resolve("classes/Evil.java"), "not Java, and never compiled");
    Files.writeString(folder.resolve("evil.jar"), "not a jar");

    try (InferencePool pool = InferencePool.acquire(own, 256)) {
      assertThat(pool.embed(List.of("a"))).hasSize(1);
    }
    assertThat(folder.resolve("classes/Evil.java")).hasContent("not Java, and never compiled");
  }

  @Test
  void unusableLimitsAreRefused() {
    assertThatThrownBy(() -> InferencePool.acquire(files, 513))
        .hasMessage("Cannot set max tokens: 513 (1 to 512, the model's limit)");
    assertThatThrownBy(() -> InferencePool.acquire(files, 256, 0))
        .hasMessage("Cannot set pool width: 0 (at least 1)");
  }
}
