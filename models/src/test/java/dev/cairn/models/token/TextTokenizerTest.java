package dev.cairn.models.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextRefusedException.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {

  private static final int CLS = 101;
  private static final int SEP = 102;

  @TempDir static Path cache;

  private static ModelFiles files;
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void open() throws IOException {
    files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    tokenizer = TextTokenizer.open(files);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void encodesWithSpecialTokensAndWithoutPadding() {
    assertThat(tokenizer.encode("Hello world", 256)).containsExactly(CLS, 7592, 2088, SEP);
    assertThat(tokenizer.specialTokens()).isEqualTo(2);
  }

  @Test
  void theFilesOwnCutAt128TokensDoesNotApply() {
    assertThat(tokenizer.encode("stone ".repeat(254), 256)).hasSize(256);
  }

  @Test
  void textOverTheLimitIsRefusedNotCut() {
    assertThatThrownBy(() -> tokenizer.encode("stone ".repeat(255), 256))
        .isInstanceOfSatisfying(
            TextRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_LONG))
        .hasMessage(
            "Cannot encode text: 257 tokens in 1530 chars (at most 256, special tokens counted)");
  }

  @Test
  void textFarOverTheLimitIsRefusedAfterItsFirstPiece() {
    assertThatThrownBy(() -> tokenizer.encode("stone ".repeat(1_000_000), 256))
        .isInstanceOf(TextRefusedException.class)
        .hasMessageContaining("more than 109");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t\r ", "\0", "\0\0 \u0301 \u200d", "\ufffd"})
  void textWithoutATokenIsRefused(String text) {
    assertThatThrownBy(() -> tokenizer.encode(text, 256))
        .isInstanceOfSatisfying(
            TextRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_TOKENS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "\ude00", "a\ud83d b", "\ude00\ud83d", "end \ud83d"})
  void loneSurrogateIsRefusedByBothWays(String text) {
    assertThatThrownBy(() -> tokenizer.encode(text, 256))
        .isInstanceOfSatisfying(
            TextRefusedException.class,
            e -> assertThat(e.reason().code()).isEqualTo("text_not_unicode"));
    assertThatThrownBy(() -> tokenizer.spans(text))
        .isInstanceOf(TextRefusedException.class)
        .hasMessageContaining("lone surrogate U+D");
  }

  @Test
  void manyThreadsGetTheSameIds() throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      texts.add("Case no. " + i + ": the caf\u00e9 at \u77f3 " + "unfathomably ".repeat(i % 7));
    }
    List<long[]> expected = texts.stream().map(t -> tokenizer.encode(t, 256)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<long[]>>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> texts.stream().map(t -> tokenizer.encode(t, 256)).toList());
      }
      for (Future<List<long[]>> ids : threads.invokeAll(calls)) {
        assertThat(ids.get()).usingRecursiveComparison().isEqualTo(expected);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void closedTokenizerSaysSo() throws IOException {
    TextTokenizer closed = TextTokenizer.open(files);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.encode("a", 256))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
