package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolingTest {

  @Test
  void meanOfTheRowsIsScaledToLengthOne() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 10, 5, 2, 7, 7});

    assertThat(Pooling.of("mean", "l2").pool(rows, 2, 2))
        .containsExactly(3f / (float) Math.sqrt(45), 0.8944272f);
    assertThat(rows.position()).isEqualTo(4);
  }

  @Test
  void smallTermsAreNotLostBesideLargeOnes() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {1e8f, 0, 1, 0, -1e8f, 1});

    assertThat(Pooling.of("mean", "l2").pool(rows, 3, 2)).containsExactly(0.70710677f, 0.70710677f);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, Float.NaN, Float.POSITIVE_INFINITY})
  void whatHasNoDirectionIsRefused(float value) {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {value, value});

    assertThatThrownBy(() -> Pooling.of("mean", "l2").pool(rows, 1, 2))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith("Cannot normalize vector: length ");
  }

  @Test
  void theFirstTokenStandsForTheTextWhereItWasTrainedTo() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {3, 4, 1, 0});
    assertThat(Pooling.of("cls", "l2").pool(rows, 2, 2)).containsExactly(0.6f, 0.8f);
    assertThat(rows.hasRemaining()).isFalse();
    rows.rewind();
    assertThat(Pooling.of("cls", "none").pool(rows, 2, 2)).containsExactly(3f, 4f);
  }

  @Test
  void anotherPoolingIsRefused() {
    assertThatThrownBy(() -> Pooling.of("max", "l2"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mean or cls");
  }
}
