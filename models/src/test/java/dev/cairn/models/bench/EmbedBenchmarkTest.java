package dev.cairn.models.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedBenchmarkTest {

  @TempDir static Path cache;

  private static ModelFiles files;

  @BeforeAll
  static void materialize() throws IOException {
    files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
  }

  @Test
  void figuresAreOfTheSameTextsAndVectors() throws IOException {
    List<String> texts = List.of("hello world", "stone ".repeat(50), "river", "a short text");

    EmbedFigures figures = EmbedBenchmark.run(files, texts, 256, 2);

    assertThat(figures.texts()).isEqualTo(4);
    assertThat(figures.tokens()).isEqualTo(4 + 52 + 3 + 5);
    assertThat(figures.ratio())
        .isCloseTo(figures.cairnTokensPerSecond() / figures.rawTokensPerSecond(), within(1e-9));
    assertThat(figures.maxAbsDifference()).isLessThan(1e-6);
    assertThat(figures.rawSetting()).isIn("one text a call", "batches of 1024 tokens");
  }

  @Test
  void longTextIsRefusedBeforeAnythingIsTimed() {
    assertThatThrownBy(() -> EmbedBenchmark.run(files, List.of("stone ".repeat(300)), 256, 1))
        .isInstanceOf(TextRefusedException.class);
  }

  @Test
  void nothingToDoIsRefused() {
    assertThatThrownBy(() -> EmbedBenchmark.run(files, List.of(), 256, 1))
        .hasMessage("Cannot run benchmark: 0 texts, 1 rounds (at least one of each)");
  }
}
