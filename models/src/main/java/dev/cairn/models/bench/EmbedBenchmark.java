package dev.cairn.models.bench;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.embed.InferencePool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times the same texts through a bare ONNX Runtime loop and through {@link InferencePool}. */
public final class EmbedBenchmark {

  /** One text a call, and batches of 1,024 tokens sorted by length (design.md, DJL facts). */
  private static final List<Integer> RAW_TOKENS_PER_CALL = List.of(1, 1024);

  private EmbedBenchmark() {}

  /**
   * Runs every contender once unmeasured, then in turns, and compares medians; the bare loop counts
   * at its best setting. Takes all processors for the whole time.
   *
   * @param texts at least one; each within {@code maxTokens}
   * @param maxTokens most tokens of a text, special ones counted
   * @param rounds measured turns, at least 1
   * @throws dev.cairn.models.token.TextRefusedException if a text is too long or has no token
   * @throws IOException if the model's files cannot be read
   */
  public static EmbedFigures run(ModelFiles files, List<String> texts, int maxTokens, int rounds)
      throws IOException {
    if (texts.isEmpty() || rounds < 1) {
      throw new IllegalArgumentException(
          "Cannot run benchmark: "
              + texts.size()
              + " texts, "
              + rounds
              + " rounds (at least one of each)");
    }
    // The pool first: DJL must set up ONNX Runtime's environment before anyone else does.
    try (InferencePool pool = InferencePool.acquire(files, maxTokens);
        RawLoop raw = RawLoop.open(files, pool.width())) {
      List<Contender> raws = new ArrayList<>();
      for (int tokens : RAW_TOKENS_PER_CALL) {
        raws.add(new Contender(RawLoop.describe(tokens), () -> raw.embed(texts, tokens)));
      }
      return measure(
          raws, new Contender("Cairn", () -> pool.embed(texts)), raw.tokens(texts), rounds);
    }
  }

  private static EmbedFigures measure(
      List<Contender> raws, Contender cairn, long tokens, int rounds) throws IOException {
    List<float[]> vectors = cairn.run();
    // One text a call, as Cairn's: int8 shares its scales among all that a call holds.
    double difference = maxAbsDifference(vectors, raws.get(0).run());
    for (Contender raw : raws.subList(1, raws.size())) {
      raw.run(); // warms up
    }
    for (int round = 0; round < rounds; round++) {
      for (Contender raw : raws) {
        raw.takeTurn();
      }
      cairn.takeTurn();
    }
    Contender best =
        raws.stream().min(Comparator.comparingDouble(Contender::medianSeconds)).orElseThrow();
    double rawSeconds = best.medianSeconds();
    double cairnSeconds = cairn.medianSeconds();
    return new EmbedFigures(
        vectors.size(),
        tokens,
        best.name(),
        tokens / rawSeconds,
        tokens / cairnSeconds,
        rawSeconds / cairnSeconds,
        best.medianCpuSeconds() / cairn.medianCpuSeconds(),
        difference);
  }

  private static double maxAbsDifference(List<float[]> a, List<float[]> b) {
    double max = 0;
    for (int i = 0; i < a.size(); i++) {
      for (int d = 0; d < a.get(i).length; d++) {
        max = Math.max(max, Math.abs((double) a.get(i)[d] - b.get(i)[d]));
      }
    }
    return max;
  }
}
