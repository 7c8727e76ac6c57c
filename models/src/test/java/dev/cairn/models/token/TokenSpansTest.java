package dev.cairn.models.token;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans, compared with what the native tokenizer says of the whole text in one call. */
class TokenSpansTest {

  /** Bits of text that are hard on offsets, on cuts, or on both. */
  private static final List<String> BITS =
      List.of(
          "court",
          "unfathomably",
          "a",
          "The",
          "17",
          "U.S.C.",
          "\u00a7",
          "don't",
          " ",
          " ",
          " ",
          "  ",
          "\n",
          "\t",
          "\r\n",
          "\u00a0",
          "\u3000",
          "\u2028",
          "\u000b",
          "\u0085",
          "\0",
          "\u200d",
          "\ufeff",
          "\ufffd",
          "e\u0301",
          "\u00e9",
          "\u0301",
          "\u0323\u0302",
          "\u302e",
          "\u00c5ngstr\u00f6m",
          "\u0130stanbul",
          "\u1e9e",
          "\ud83e\udea8",
          "\ud83d\udc68\u200d",
          "\ud83d\udc69",
          "\ud835\udd04",
          "\ud869\uded6",
          "\u77f3\u5806",
          "\u3002",
          "\u3001",
          "\u304b\u3099",
          "\uac00\ub098",
          "\u05d0\u05d1\u05df",
          "\u062d\u062c\u0631",
          "\u0e01\u0e33",
          "[SEP]",
          "[CLS]",
          "[",
          "]",
          "[SEP",
          "##ing",
          "#",
          "--",
          "...",
          "\u2014",
          "\u201cquote\u201d",
          "(a)",
          "$5,000.00",
          "http://x.org/?q=1&r=2",
          "_under_score_",
          "\u00bd",
          "\ufb01");

  /** A piece of the words alone ends soon after this many characters. */
  private static final int SEVERAL_PIECES = 3 * TextPieces.MAX_PIECE_BYTES;

  @TempDir static Path cache;

  private static TextTokenizer tokenizer;
  private static HuggingFaceTokenizer whole;

  private record Token(int start, int end, boolean startsWord) {}

  @BeforeAll
  static void open() throws IOException {
    ModelFiles files = ModelFiles.of(ModelRef.parse("builtin:all-MiniLM-L6-v2"), cache);
    tokenizer = TextTokenizer.open(files);
    whole =
        HuggingFaceTokenizer.newInstance(
            files.tokenizer(), Map.of("truncation", "false", "padding", "false"));
  }

  @AfterAll
  static void close() {
    tokenizer.close();
    whole.close();
  }

  @Test
  void offsetsAreUtf16AndCutOutTheWords() {
    String text = "\ud83e\udea8 Stones\0 caf\u00e9 cafe\u0301s \u77f3\u5806 \u05d0\u05d1 end";

    assertThat(words(text))
        .containsExactly(
            "\ud83e\udea8",
            "Stones",
            "caf\u00e9",
            "cafe\u0301s",
            "\u77f3",
            "\u5806",
            "\u05d0\u05d1",
            "end");
  }

  @Test
  void wordsOfSeveralTokensStartOnce() {
    List<Token> tokens = tokens("unfathomably [SEP] don't");

    assertThat(tokens.stream().filter(Token::startsWord).map(Token::start))
        .containsExactly(0, 13, 19, 22, 23);
    assertThat(tokens).hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void piecesGiveTheTokensOfTheWhole(long seed) {
    String text = random(seed, SEVERAL_PIECES);

    assertThat(pieces(text)).hasSizeGreaterThan(2);
    assertThat(tokens(text)).isEqualTo(tokensOfWhole(text));
  }

  @Test
  void piecesCoverTheTextAndAreBounded() {
    String text = random(9, SEVERAL_PIECES);
    int end = 0;
    for (TokenSpans piece : tokenizer.spans(text)) {
      assertThat(piece.textStart()).isEqualTo(end);
      end = piece.textEnd();
      assertThat(text.substring(piece.textStart(), end).getBytes(StandardCharsets.UTF_8))
          .hasSizeBetween(1, TextPieces.MAX_PIECE_BYTES);
    }
    assertThat(end).isEqualTo(text.length());
  }

  @Test
  void textWithoutSpacesIsCutBesideIdeographsAndPunctuation() {
    String chinese = "\u77f3\u5806\u6307\u8def\u3002".repeat(20_000);
    String numbers = "1234,5678;".repeat(20_000);

    assertThat(tokens(chinese)).isEqualTo(tokensOfWhole(chinese));
    assertThat(tokens(numbers)).isEqualTo(tokensOfWhole(numbers));
  }

  @Test
  void spacesAloneHaveNoTokensInAnyNumberOfPieces() {
    String text = " ".repeat(SEVERAL_PIECES) + "end";

    assertThat(pieces(text)).hasSizeGreaterThan(2);
    assertThat(tokens(text)).containsExactly(new Token(SEVERAL_PIECES, SEVERAL_PIECES + 3, true));
  }

  @Test
  void wordLongerThanAPieceBecomesOneUnknownWordAPart() {
    int limit = TextPieces.MAX_PIECE_BYTES;
    String text = "start " + "x".repeat(2 * limit + limit / 2) + " end";

    assertThat(tokens(text))
        .containsExactly(
            new Token(0, 5, true),
            new Token(6, 6 + limit, true),
            new Token(6 + limit, 6 + 2 * limit, true),
            new Token(6 + 2 * limit, 6 + 2 * limit + limit / 2, true),
            new Token(text.length() - 3, text.length(), true));
  }

  @Test
  void longWordIsNeverCutInsideASurrogatePair() {
    String text = "x" + "\ud835\udd04".repeat(TextPieces.MAX_PIECE_BYTES);

    for (TokenSpans piece : tokenizer.spans(text)) {
      assertThat(Character.isLowSurrogate(text.charAt(piece.textStart()))).isFalse();
    }
    assertThat(pieces(text)).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void cutBeforeAnyWordKeepsAllTokens(long seed) {
    String text = random(seed, 600);
    List<Token> tokens = tokensOfWhole(text);
    for (int i = 1; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.startsWord()) {
        assertThat(tokenizer.encode(text.substring(token.start()), 1000))
            .hasSize(tokens.size() - i + tokenizer.specialTokens());
        assertThat(tokenizer.encode(text.substring(0, token.start()), 1000))
            .hasSize(i + tokenizer.specialTokens());
      }
    }
  }

  @Test
  void spansOfALongTextAreMadeOneByOne() {
    String text = "stone by stone, ".repeat(300_000);
    int tokens = 0;
    for (TokenSpans piece : tokenizer.spans(text)) {
      tokens += piece.size();
    }
    assertThat(tokens).isEqualTo(1_200_000);
  }

  private static String random(long seed, int chars) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    while (text.length() < chars) {
      text.append(BITS.get(random.nextInt(BITS.size())));
    }
    return text.toString();
  }

  private static List<TokenSpans> pieces(String text) {
    List<TokenSpans> pieces = new ArrayList<>();
    tokenizer.spans(text).forEach(pieces::add);
    return pieces;
  }

  private static List<Token> tokens(String text) {
    List<Token> tokens = new ArrayList<>();
    for (TokenSpans piece : tokenizer.spans(text)) {
      for (int i = 0; i < piece.size(); i++) {
        tokens.add(new Token(piece.start(i), piece.end(i), piece.startsWord(i)));
      }
    }
    return tokens;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (Token token : tokens(text)) {
      if (token.startsWord()) {
        words.add("");
      }
      int last = words.size() - 1;
      words.set(last, words.get(last) + text.substring(token.start(), token.end()));
    }
    return words;
  }

  /** A continuation is told here by its text, not by the word ids that the product reads. */
  private static List<Token> tokensOfWhole(String text) {
    Encoding encoding = whole.encode(text, false, false);
    List<Token> tokens = new ArrayList<>();
    int codePoint = 0;
    int utf16 = 0;
    for (int i = 0; i < encoding.getIds().length; i++) {
      int start = encoding.getCharTokenSpans()[i].getStart();
      utf16 = text.offsetByCodePoints(utf16, start - codePoint);
      codePoint = start;
      int end =
          text.offsetByCodePoints(utf16, encoding.getCharTokenSpans()[i].getEnd() - codePoint);
      tokens.add(new Token(utf16, end, !encoding.getTokens()[i].startsWith("##")));
    }
    return tokens;
  }
}
