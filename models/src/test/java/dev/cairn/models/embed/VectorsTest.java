package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pool's vectors against ONNX Runtime called without DJL and pooled in double precision. */
class VectorsTest {

  private static final double TOLERANCE = 1e-6;

  private static final List<String> TEXTS =
      List.of(
          "cairn",
          "The court held that the fence was the lessor's to mend, and reversed.",
          "\u77f3\u5806\u6307\u8def \ud83e\udea8 caf\u00e9",
          "stone ".repeat(100),
          "river ".repeat(254));

  @TempDir static Path cache;

  @Test
  void agreeWithADoubleMeanPoolOfTheSameModel() throws Exception {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    try (InferencePool pool = InferencePool.acquire(files, 256);
        TextTokenizer tokenizer = TextTokenizer.open(files);
        OrtSession session =
            OrtEnvironment.getEnvironment().createSession(files.weights().toString())) {
      List<float[]> vectors = pool.embed(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        double[] expected = expected(session, tokenizer.encode(TEXTS.get(i), 256));
        assertThat(vectors.get(i)).hasSize(expected.length);
        for (int d = 0; d < expected.length; d++) {
          assertThat((double) vectors.get(i)[d]).isCloseTo(expected[d], within(TOLERANCE));
        }
      }
    }
  }

  private static double[] expected(OrtSession session, long[] ids) throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, new long[][] {ids});
        OnnxTensor mask = OnnxTensor.createTensor(environment, new long[][] {ones});
        OnnxTensor types = OnnxTensor.createTensor(environment, new long[1][ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      float[][] hidden = ((float[][][]) result.get(0).getValue())[0];
      double[] mean = new double[hidden[0].length];
      for (float[] token : hidden) {
        for (int d = 0; d < mean.length; d++) {
          mean[d] += (double) token[d] / hidden.length;
        }
      }
      double norm = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
      return Arrays.stream(mean).map(x -> x / norm).toArray();
    }
  }

  @Test
  void haveLengthOneAndTellMeaningsApart() throws IOException {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    try (InferencePool pool = InferencePool.acquire(files, 256)) {
      List<float[]> v =
          pool.embed(
              List.of(
                  "The tenant must repair the roof.",
                  "It is the renter's duty to fix the roof.",
                  "The comet was seen from the southern islands."));
      assertThat(dot(v.get(0), v.get(0))).isCloseTo(1, within(TOLERANCE));
      assertThat(dot(v.get(0), v.get(1))).isGreaterThan(dot(v.get(0), v.get(2)) + 0.3);
    }
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }
}
