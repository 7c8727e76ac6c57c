package dev.cairn.io.store.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockStore;
import dev.cairn.io.block.BlockStoreContract;
import dev.cairn.io.block.CorruptBlockException;
import dev.cairn.io.block.DagWalk;
import dev.cairn.io.block.MemoryStore;
import dev.cairn.io.block.MissingBlockException;
import dev.cairn.io.car.CarExport;
import dev.cairn.io.car.CarSection;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.cid.Codec;
import dev.cairn.io.unixfs.AddOptions;
import dev.cairn.io.unixfs.FolderAdd;
import dev.cairn.io.unixfs.FolderGet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an archive does, what is read is right, and what is missing or corrupt is told. */
@Timeout(60)
class DagStreamTest {
  private static final long LARGE = 64 << 20;

  @TempDir Path temp;

  private final MemoryStore store = new MemoryStore();
  private final AtomicInteger singles = new AtomicInteger();

  /** Counts what is got singly. */
  private final BlockStore single =
      new BlockStore() {
        @Override
        public Block get(Cid cid) throws IOException {
          singles.incrementAndGet();
          return store.get(cid);
        }

        @Override
        public boolean has(Cid cid) {
          return store.has(cid);
        }

        @Override
        public void close() {}
      };

  private Cid tree() throws IOException {
    Random random = new Random(7);
    Path folder = Files.createDirectories(temp.resolve("tree/a/b"));
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[i < 95 ? random.nextInt(2000) : 100_000];
      random.nextBytes(bytes);
      Files.write(folder.resolve("file-" + i), bytes);
    }
    byte[] large = new byte[2 << 20];
    random.nextBytes(large);
    Files.write(temp.resolve("tree/large"), large);
    Files.write(temp.resolve("tree/zeros"), new byte[2 << 20]);
    return add(temp.resolve("tree"));
  }

  private Cid add(Path path) throws IOException {
    return new FolderAdd(store, temp, AddOptions.standard().withHidden()).add(path).cid();
  }

  private byte[] car(Cid root) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CarExport.v1(store, root, out);
    return out.toByteArray();
  }

  /** How the archive of a node is had. */
  @FunctionalInterface
  private interface Archive {
    InputStream open(Cid root) throws IOException;
  }

  private Archive altered(UnaryOperator<byte[]> change) {
    return root -> new ByteArrayInputStream(change.apply(car(root)));
  }

  private static DagStream.Ahead always(Archive archive) {
    return block ->
        block.cid().codec() == Codec.DAG_PB
            ? () -> BlockFeed.ofArchive(archive.open(block.cid()), "test")
            : null;
  }

  private DagStream stream(Archive archive, long bytes) {
    return new DagStream(single, always(archive), "test", bytes);
  }

  /** Reads a tree through a stream; it is the tree that was added. */
  private void readsBack(Cid root, DagStream stream) throws IOException {
    Path got = temp.resolve("got");
    try (stream) {
      new FolderGet(stream).get(root, got);
    }
    assertThat(add(got)).isEqualTo(root);
  }

  @Test
  void aWholeArchiveSparesSingleReads() throws IOException {
    Cid root = tree();
    readsBack(root, stream(altered(car -> car), LARGE));
    assertThat(singles).hasValue(1);
  }

  @Test
  void aBlockThatComesTwiceIsGotOnce() throws IOException {
    Path zeros = Files.write(temp.resolve("zeros"), new byte[20 << 20]);
    readsBack(add(zeros), stream(altered(car -> car), 16 << 20));
    assertThat(singles).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 10_000, 1 << 20, 4 << 20})
  void aSmallWindowIsEnough(long bytes) throws IOException {
    readsBack(tree(), stream(altered(car -> car), bytes));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001, 0.01, 0.5, 0.99, 0.9999})
  void aCutArchiveIsCompletedSingly(double part) throws IOException {
    readsBack(tree(), stream(altered(car -> Arrays.copyOf(car, (int) (car.length * part))), LARGE));
  }

  @Test
  void anArchiveThatCannotBeHadIsDoneWithout() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    readsBack(
        tree(),
        stream(
            root -> {
              asked.incrementAndGet();
              throw new IOException("no archives here");
            },
            LARGE));
    assertThat(asked).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void anotherArchiveThanWasAskedForIsNoHarm() throws IOException {
    Cid other = add(Files.write(temp.resolve("other"), new byte[3000]));
    byte[] car = car(other);
    readsBack(tree(), stream(root -> new ByteArrayInputStream(car), LARGE));
  }

  @Test
  void readersInAnyOrderAreServed() throws IOException {
    Cid root = tree();
    List<Cid> cids = blocks(root);
    for (long bytes : new long[] {1 << 20, LARGE}) {
      try (DagStream stream = stream(altered(car -> car), bytes)) {
        for (Cid cid : shuffled(cids)) {
          assertThat(stream.get(cid).bytes()).isEqualTo(store.get(cid).bytes());
        }
      }
    }
  }

  @Test
  void threadsThatAreAboutInOrderAreServed() throws Exception {
    Cid root = tree();
    List<Cid> cids = blocks(root);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    AtomicInteger next = new AtomicInteger();
    try (DagStream stream = stream(altered(car -> car), 4 << 20)) {
      List<Future<Boolean>> readers =
          Stream.generate(
                  () ->
                      pool.submit(
                          () -> {
                            for (int i = next.getAndIncrement();
                                i < cids.size();
                                i = next.getAndIncrement()) {
                              Cid cid = cids.get(i);
                              assertThat(stream.get(cid).bytes()).isEqualTo(store.get(cid).bytes());
                            }
                            return true;
                          }))
              .limit(4)
              .toList();
      for (Future<Boolean> reader : readers) {
        assertThat(reader.get()).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private List<Cid> blocks(Cid root) throws IOException {
    List<Cid> cids = new ArrayList<>();
    DagWalk.reading(store).from(root, block -> cids.add(block.cid()));
    return cids;
  }

  private static List<Cid> shuffled(List<Cid> cids) {
    List<Cid> shuffled = new ArrayList<>(cids);
    Collections.shuffle(shuffled, new Random(3));
    return shuffled;
  }

  @Test
  void aMissingBlockIsMissing() throws IOException {
    Cid root = tree();
    byte[] whole = car(root);
    Cid leaf = last(root);
    store.remove(leaf);
    try (DagStream stream =
        stream(r -> new ByteArrayInputStream(Arrays.copyOf(whole, 100_000)), LARGE)) {
      assertThatThrownBy(() -> new FolderGet(stream).get(root, temp.resolve("got")))
          .isInstanceOf(MissingBlockException.class)
          .hasMessageContaining(leaf.toString());
    }
  }

  /** The tier has one copy: it is not asked for another. */
  @Test
  void aCorruptBlockIsAnErrorAndNotGotAgain() throws IOException {
    Cid root = tree();
    Cid leaf = last(root);
    byte[] head = CarSection.head(leaf, store.get(leaf).size());
    Archive flipped =
        altered(
            car -> {
              car[indexOf(car, head) + head.length] ^= 1;
              return car;
            });
    try (DagStream stream = stream(flipped, LARGE)) {
      assertThatThrownBy(() -> new FolderGet(stream).get(root, temp.resolve("got")))
          .isInstanceOf(CorruptBlockException.class)
          .hasMessageContainingAll(leaf.toString(), "test at byte", "SHA2_256:");
    }
  }

  private Cid last(Cid root) throws IOException {
    List<Cid> cids = blocks(root);
    return cids.stream().filter(c -> c.codec() == Codec.RAW).reduce((a, b) -> b).orElseThrow();
  }

  private static int indexOf(byte[] in, byte[] part) {
    int at =
        new String(in, StandardCharsets.ISO_8859_1)
            .indexOf(new String(part, StandardCharsets.ISO_8859_1));
    assertThat(at).isNotNegative();
    return at;
  }

  @Test
  void closingEndsAnArchiveThatStalls() throws Exception {
    Cid root = tree();
    byte[] car = car(root);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    InputStream stall =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return read(new byte[1], 0, 1);
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
              return -1;
            } catch (InterruptedException e) {
              ended.countDown();
              throw (IOException) new InterruptedIOException("stalled").initCause(e);
            }
          }
        };
    Archive archive = r -> new SequenceInputStream(new ByteArrayInputStream(car, 0, 1000), stall);
    DagStream stream = stream(archive, LARGE);
    assertThat(stream.get(root).cid()).isEqualTo(root);
    begun.await();
    stream.close();
    assertThat(ended.getCount()).isZero();
    assertThatThrownBy(() -> stream.get(root)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anInterruptEndsAWaitForTheArchive() throws Exception {
    Cid root = tree();
    Cid leaf = last(root);
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Archive archive =
        r -> {
          opened.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("stalled").initCause(e);
          }
          throw new AssertionError();
        };
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try (DagStream stream = stream(archive, LARGE)) {
      assertThat(stream.get(root).cid()).isEqualTo(root);
      Thread thread =
          new Thread(
              () -> {
                try {
                  stream.get(leaf);
                } catch (IOException e) {
                  thrown.set(e);
                }
              });
      thread.start();
      opened.await();
      thread.interrupt();
      thread.join();
    }
    assertThat(thrown.get()).isInstanceOf(InterruptedIOException.class);
  }

  /** With an archive below every node that there is. */
  @Nested
  class Contract extends BlockStoreContract {
    private final MemoryStore blocks = new MemoryStore();

    @Override
    protected BlockStore storeOf(List<Block> all) {
      all.forEach(blocks::put);
      return new DagStream(
          blocks,
          block -> () -> BlockFeed.ofArchive(InputStream.nullInputStream(), "test"),
          "test",
          1 << 20);
    }

    @Override
    protected void damage(Block block) {
      byte[] flipped = block.bytes().clone();
      flipped[0] ^= 1;
      blocks.corrupt(block.cid(), flipped);
    }
  }
}
