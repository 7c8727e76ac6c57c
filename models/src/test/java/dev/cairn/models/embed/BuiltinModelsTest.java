package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every model that ships with Cairn, from its own files. */
class BuiltinModelsTest {
  private static final List<String> TEXTS =
      List.of(
          "The tenant must repair the roof.",
          "It is the renter's duty to fix the roof.",
          "The comet was seen from the southern islands.");

  @TempDir static Path cache;

  private static InferencePool pool(String name) throws IOException {
    return InferencePool.acquire(ModelFiles.of(ModelRef.parse("builtin:" + name), cache), 256);
  }

  @ParameterizedTest
  @ValueSource(strings = {"all-MiniLM-L6-v2-q", "bge-small-en-v1.5", "bge-small-en-v1.5-q"})
  void tellsMeaningsApartAndTextsAloneAsInACrowd(String name) throws IOException {
    try (InferencePool pool = pool(name)) {
      assertThat(ModelRef.builtin(pool.identity())).hasToString("Optional[builtin:" + name + "]");
      List<float[]> alone = new ArrayList<>();
      for (String text : TEXTS) {
        alone.addAll(pool.embed(List.of(text)));
      }
      List<String> crowd = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        crowd.addAll(TEXTS);
      }
      List<float[]> together = pool.embed(crowd);
      for (int i = 0; i < crowd.size(); i++) {
        assertThat(together.get(i)).isEqualTo(alone.get(i % TEXTS.size()));
      }
      assertThat(dot(alone.get(0), alone.get(0))).isCloseTo(1, within(1e-5));
      assertThat(dot(alone.get(0), alone.get(1)))
          .isGreaterThan(dot(alone.get(0), alone.get(2)) + 0.2);
    }
  }

  @Test
  void smallWeightsGiveNearlyTheSameVectors() throws IOException {
    try (InferencePool whole = pool("all-MiniLM-L6-v2");
        InferencePool small = pool("all-MiniLM-L6-v2-q")) {
      assertThat(whole.identity().sameModel(small.identity())).isFalse();
      List<float[]> a = whole.embed(TEXTS);
      List<float[]> b = small.embed(TEXTS);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(dot(a.get(i), b.get(i))).isGreaterThan(0.97);
      }
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
