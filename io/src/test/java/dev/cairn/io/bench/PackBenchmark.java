package dev.cairn.io.bench;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.cid.Cid;
import dev.cairn.io.store.LocalStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Blocks a second into a sealed, durable pack and out of it again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
public class PackBenchmark {
  private static final int BLOCKS = 256;

  @Param({"2048", "1048576"})
  int blockBytes = 2048;

  private final Random random = new Random(1);
  private Path home = Path.of("");
  private List<Cid> stored = List.of();

  /** Makes a store with one pack to read from. */
  @Setup(Level.Iteration)
  public void makeStore() throws IOException {
    home = Files.createTempDirectory("cairn-bench");
    List<Cid> cids = new ArrayList<>();
    for (Block block : blocks()) {
      cids.add(block.cid());
    }
    stored = cids;
  }

  /** Removes the store. */
  @TearDown(Level.Iteration)
  public void removeStore() throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public int putAndSeal() throws IOException {
    return blocks().size();
  }

  @Benchmark
  @OperationsPerInvocation(BLOCKS)
  public long get() throws IOException {
    long bytes = 0;
    try (LocalStore store = LocalStore.open(home)) {
      for (Cid cid : stored) {
        bytes += store.get(cid).size();
      }
    }
    return bytes;
  }

  private List<Block> blocks() throws IOException {
    List<Block> blocks = new ArrayList<>();
    try (LocalStore store = LocalStore.open(home);
        BlockWriter writer = store.newWriter()) {
      for (int i = 0; i < BLOCKS; i++) {
        byte[] bytes = new byte[blockBytes];
        random.nextBytes(bytes);
        Block block = Block.raw(bytes);
        writer.put(block);
        blocks.add(block);
      }
      writer.seal();
    }
    return blocks;
  }
}
