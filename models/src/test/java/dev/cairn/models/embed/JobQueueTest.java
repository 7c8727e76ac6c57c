package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class JobQueueTest {

  /** A job's text is its length here. */
  private static EmbedJob job(int tokens) {
    return new EmbedJob(Integer.toString(tokens), 512, new CompletableFuture<>());
  }

  private static Optional<EncodedJob> encode(EmbedJob job) {
    return Optional.of(new EncodedJob(new long[Integer.parseInt(job.text())], job.vector()));
  }

  private static List<Integer> take(JobQueue queue) {
    return queue.takeGroup(JobQueueTest::encode).stream().map(EncodedJob::tokens).toList();
  }

  private static JobQueue queue(int workers, int... tokens) throws InterruptedException {
    JobQueue queue = new JobQueue(100, workers, 60);
    for (int n : tokens) {
      queue.put(job(n));
    }
    queue.end();
    return queue;
  }

  @Test
  void firstComesFirstWithOthersOfItsLength() throws InterruptedException {
    JobQueue queue = queue(1, 10, 20, 10, 30, 20, 10);

    assertThat(take(queue)).containsExactly(10, 10, 10);
    assertThat(take(queue)).containsExactly(20, 20);
    assertThat(take(queue)).containsExactly(30);
    assertThat(take(queue)).isEmpty();
  }

  @Test
  void groupStaysWithinItsTokens() throws InterruptedException {
    JobQueue queue = queue(1, 25, 25, 25, 61, 61);

    assertThat(take(queue)).containsExactly(25, 25);
    assertThat(take(queue)).containsExactly(25);
    assertThat(take(queue)).containsExactly(61);
    assertThat(take(queue)).containsExactly(61);
  }

  @Test
  void groupLeavesTheOtherWorkersTheirShare() throws InterruptedException {
    JobQueue queue = queue(2, 5, 5, 5, 5, 5);

    assertThat(take(queue)).containsExactly(5, 5);
    assertThat(take(queue)).containsExactly(5);
    assertThat(take(queue)).containsExactly(5);
    assertThat(take(queue)).containsExactly(5);
  }

  @Test
  void textThatCannotBeEncodedIsPassedOver() throws InterruptedException {
    JobQueue queue = queue(1, 7, 8);

    assertThat(queue.takeGroup(job -> job.text().equals("7") ? Optional.empty() : encode(job)))
        .hasSize(1);
    assertThat(take(queue)).isEmpty();
  }

  @Test
  void endedQueueTakesNothingMore() throws InterruptedException {
    assertThat(queue(1).put(job(3))).isFalse();
  }

  @Test
  void fullQueueHoldsItsCallerUntilATextIsTaken() throws InterruptedException {
    JobQueue queue = new JobQueue(2, 1, 60);
    queue.put(job(10));
    queue.put(job(20));
    AtomicBoolean put = new AtomicBoolean();
    Thread caller = caller(queue, put);

    assertThat(put).isFalse();
    assertThat(take(queue)).containsExactly(10);

    caller.join();
    assertThat(put).isTrue();
    assertThat(take(queue)).containsExactly(20);
    assertThat(take(queue)).containsExactly(30);
  }

  @Test
  void endFreesACallerThatWaits() throws InterruptedException {
    JobQueue queue = new JobQueue(1, 1, 60);
    queue.put(job(10));
    AtomicBoolean put = new AtomicBoolean();
    Thread caller = caller(queue, put);

    queue.end();

    caller.join();
    assertThat(put).isFalse();
    assertThat(take(queue)).containsExactly(10);
    assertThat(take(queue)).isEmpty();
  }

  /** A thread that waits in put. */
  private static Thread caller(JobQueue queue, AtomicBoolean put) throws InterruptedException {
    Thread caller =
        new Thread(
            () -> {
              try {
                put.set(queue.put(job(30)));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    caller.start();
    while (caller.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    return caller;
  }
}
