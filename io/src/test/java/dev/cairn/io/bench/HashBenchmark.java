package dev.cairn.io.bench;

import dev.cairn.io.block.Block;
import dev.cairn.io.block.BlockWriter;
import dev.cairn.io.unixfs.FileWriter;
import dev.cairn.io.unixfs.UnixFsWriter;
import dev.cairn.io.unixfs.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Naming 16 MiB: by a block each MiB and as a UnixFS file, beside SHA-256 alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashBenchmark {
  private static final int MIB = 1 << 20;
  private static final int CHUNKS = 16;

  private final byte[] chunk = new byte[MIB];

  /** Fills the chunk with bytes that no hash can skip. */
  public HashBenchmark() {
    new Random(1).nextBytes(chunk);
  }

  @Benchmark
  public byte[] sha256Alone() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < CHUNKS; i++) {
      digest.update(chunk);
    }
    return digest.digest();
  }

  @Benchmark
  public int rawBlocks() {
    int size = 0;
    for (int i = 0; i < CHUNKS; i++) {
      size += Block.raw(chunk).size();
    }
    return size;
  }

  @Benchmark
  public Written unixFsFile() throws IOException {
    Path temp = Path.of(System.getProperty("java.io.tmpdir"));
    FileWriter file = new UnixFsWriter(BlockWriter.discarding(), temp).file();
    for (int i = 0; i < CHUNKS; i++) {
      file.write(chunk);
    }
    return file.finish();
  }
}
