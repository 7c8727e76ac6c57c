package dev.cairn.models.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeanPoolingTest {

  @Test
  void meanOfTheRowsIsScaledToLengthOne() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {1, 10, 5, 2, 7, 7});

    assertThat(MeanPooling.pool(rows, 2, 2))
        .containsExactly(3f / (float) Math.sqrt(45), 0.8944272f);
    assertThat(rows.position()).isEqualTo(4);
  }

  @Test
  void smallTermsAreNotLostBesideLargeOnes() {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {1e8f, 0, 1, 0, -1e8f, 1});

    assertThat(MeanPooling.pool(rows, 3, 2)).containsExactly(0.70710677f, 0.70710677f);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, Float.NaN, Float.POSITIVE_INFINITY})
  void whatHasNoDirectionIsRefused(float value) {
    FloatBuffer rows = FloatBuffer.wrap(new float[] {value, value});

    assertThatThrownBy(() -> MeanPooling.pool(rows, 1, 2))
        .isInstanceOf(InferenceException.class)
        .hasMessageStartingWith("Cannot normalize vector: length ");
  }
}
