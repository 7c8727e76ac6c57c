package dev.cairn.transforms.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkerTest {
  @TempDir static Path cache;
  private static TextTokenizer tokenizer;

  @BeforeAll
  static void openTokenizer() throws IOException {
    tokenizer =
        TextTokenizer.open(ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache));
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void keepsAShortTextWhole() {
    assertThat(texts(" One sentence.  ", 32, 0)).containsExactly(" One sentence.  ");
  }

  @Test
  void hasNoChunkForATextWithoutTokens() {
    assertThat(texts("", 32, 0)).isEmpty();
    assertThat(texts(" \n ", 32, 0)).isEmpty();
  }

  @Test
  void endsAWindowAtTheLastSentenceEndOfItsLastThird() {
    String long1 = "a ".repeat(24) + "end. ";
    List<String> chunks = texts(long1 + "b ".repeat(100), 32, 0);
    assertThat(chunks.get(0)).isEqualTo(long1);
  }

  @Test
  void endsAWindowBetweenWordsWhereNoSentenceEnds() {
    List<String> chunks = texts("wonderfulness ".repeat(200), 32, 0);
    assertThat(chunks).allMatch(chunk -> chunk.matches("(wonderfulness )+"));
  }

  @Test
  void evensOutTheLastTwoChunks() {
    List<Chunk> chunks = chunks("word ".repeat(35), 32, 0);
    assertThat(chunks).extracting(Chunk::getTokenCount).containsExactly(19, 20);
  }

  @Test
  void cutsAWordThatIsLongerThanAWindowBetweenItsTokens() {
    List<Chunk> chunks = chunks("-".repeat(100) + " and " + "字".repeat(100), 32, 0);
    assertThat(chunks).hasSizeGreaterThan(6);
    assertThat(chunks).allMatch(chunk -> chunk.getTokenCount() <= 32);
  }

  @Test
  void repeatsWordsWhenAskedToOverlap() {
    List<Chunk> chunks = chunks("one two three four five ".repeat(40), 32, 10);
    for (int i = 1; i < chunks.size(); i++) {
      assertThat(chunks.get(i).getCharStart()).isLessThan(chunks.get(i - 1).getCharEnd());
      assertThat(chunks.get(i).getCharStart()).isGreaterThan(chunks.get(i - 1).getCharStart());
    }
  }

  @Test
  void refusesAContextThatLeavesNoRoom() {
    assertThatThrownBy(() -> new Chunker("d", 0, 0, "a", tokens("a"), new ChunkSettings(32, 0), 30))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void coversAnyTextWithoutAGapInChunksThatTheModelTakes() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      String text = randomText(random);
      int max = 16 + random.nextInt(60);
      checkCover(text, chunks(text, max, 0), max);
    }
  }

  private static void checkCover(String text, List<Chunk> chunks, int max) {
    int at = 5;
    StringBuilder joined = new StringBuilder();
    for (Chunk chunk : chunks) {
      assertThat(chunk.getCharStart()).isEqualTo(at);
      at = chunk.getCharEnd();
      assertThat(chunk.getText().codePointCount(0, chunk.getText().length()))
          .isEqualTo(chunk.getCharEnd() - chunk.getCharStart());
      assertThat(tokenizer.encode(chunk.getText(), max)).hasSize(chunk.getTokenCount());
      joined.append(chunk.getText());
    }
    if (!chunks.isEmpty()) {
      assertThat(joined.toString()).isEqualTo(text);
    }
  }

  private static String randomText(Random random) {
    String[] pieces = {
      "the court held",
      ". ",
      " ",
      "\n",
      "naïve",
      "Ｆｕｌｌ",
      "字",
      "한국어",
      "😀",
      "e\u0301",
      "\u200b",
      "§ 12(b)",
      "v.",
      "\u00a0",
      "antidisestablishmentarianism",
      "1,234.56",
      "\t",
      "ﬁ",
      "\u0000",
      "שלום",
      "..",
      "\u2028",
      "x".repeat(120),
      "\ufffd",
      "don't",
      "İ"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(250); i >= 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
      if (random.nextInt(3) > 0) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  private static TextTokens tokens(String text) {
    return new TextTokens(tokenizer, text);
  }

  private static List<String> texts(String text, int max, int overlap) {
    return chunks(text, max, overlap).stream().map(Chunk::getText).toList();
  }

  private static List<Chunk> chunks(String text, int max, int overlap) {
    List<Chunk> out = new ArrayList<>();
    new Chunker("doc", 0, 5, text, tokens(text), new ChunkSettings(max, overlap), 0)
        .forEachRemaining(out::add);
    return out;
  }
}
