package dev.cairn.transforms.bench;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.TextTokens;
import java.io.IOException;
import java.nio.file.Path;
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

/** Megabytes of text a second: a text of one million characters into chunks of 256 tokens. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class ChunkBenchmark {
  private static final String SENTENCE =
      "The court held that the carrier, having taken the goods, must answer for them. ";
  private static final ChunkSettings SETTINGS = new ChunkSettings(256, 0);

  private final String text = SENTENCE.repeat(1_000_000 / SENTENCE.length());
  private final TextTokenizer tokenizer;

  /** Opens the builtin model's tokenizer. */
  public ChunkBenchmark() throws IOException {
    Path cache = Path.of("target", "bench-cache");
    tokenizer =
        TextTokenizer.open(ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache));
  }

  @Benchmark
  public long chunks() {
    long tokens = 0;
    Chunker chunks = new Chunker("bench", 0, 0, text, new TextTokens(tokenizer, text), SETTINGS, 0);
    while (chunks.hasNext()) {
      tokens += chunks.next().getTokenCount();
    }
    return tokens;
  }
}
