package dev.cairn.transforms.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cairn.models.ModelFiles;
import dev.cairn.models.ModelRef;
import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.text.Chunk;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.PartedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentChunksTest {
  private static final String GAVEL = "\uD83D\uDD28";
  private static final ChunkSettings SETTINGS = new ChunkSettings(32, 0);

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
  void cutsEachPartByItself() throws Exception {
    String words = "word ".repeat(60) + GAVEL + " end.";
    Document document = document("Title", GAVEL + " head.", words, "Dissent.");
    List<Chunk> chunks = chunks(document, false);
    assertThat(chunks).extracting(Chunk::getPart).startsWith(0, 1).endsWith(1, 2);
    assertThat(chunks)
        .filteredOn(c -> c.getPart() == 1)
        .extracting(Chunk::getChunk)
        .isEqualTo(List.of(0, 1, 2));
    int[] points = document.body().text().codePoints().toArray();
    for (Chunk chunk : chunks) {
      int length = chunk.getCharEnd() - chunk.getCharStart();
      assertThat(new String(points, chunk.getCharStart(), length)).isEqualTo(chunk.getText());
      assertThat(chunk.getTokenCount()).isBetween(3, 32);
      assertThat(tokenizer.encode(chunk.getText(), 32)).hasSize(chunk.getTokenCount());
    }
    for (int part = 0; part < 3; part++) {
      int of = part;
      String joined =
          String.join(
              "", chunks.stream().filter(c -> c.getPart() == of).map(Chunk::getText).toList());
      assertThat(joined).isEqualTo(document.body().parts().get(of).in(document.body().text()));
    }
  }

  @Test
  void embedsBehindTheTitleWithoutTouchingTheText() throws Exception {
    Document document = document("Marbury v. Madison", "word ".repeat(60) + "end.");
    DocumentChunks plain = of(document, false);
    DocumentChunks titled = of(document, true);
    Chunk first = plain.next();
    assertThat(plain.embedded(first)).isEqualTo(first.getText());
    List<Chunk> chunks = new ArrayList<>();
    while (titled.hasNext()) {
      Chunk chunk = titled.next();
      chunks.add(chunk);
      String embedded = titled.embedded(chunk);
      assertThat(embedded).isEqualTo("Marbury v. Madison\n" + chunk.getText());
      assertThat(tokenizer.encode(embedded, 32)).hasSize(chunk.getTokenCount());
    }
    assertThat(String.join("", chunks.stream().map(Chunk::getText).toList()))
        .isEqualTo(document.body().text());
  }

  @Test
  void cutsATitleBetweenWordsAtAQuarterOfTheTokens() {
    String line = TitleLine.of("one two three four five six seven eight nine ten", tokenizer, 32);
    assertThat(line).isEqualTo("one two three four five six seven eight\n");
    assertThat(TitleLine.of("short", tokenizer, 32)).isEqualTo("short\n");
    assertThat(TitleLine.of("", tokenizer, 32)).isEmpty();
    assertThat(TitleLine.of("pneumonoultramicroscopicsilicovolcanoconiosis", tokenizer, 32))
        .isEmpty();
  }

  @Test
  void refusesAPartWithoutAToken() {
    // A private-use character is text to a reader, but the tokenizer has nothing for it.
    Document document = document("Title", "Fine.", "\uE000");
    BadRecordException refusal =
        catchThrowableOfType(BadRecordException.class, () -> of(document, false));
    assertThat(refusal.code()).isEqualTo("no_tokens");
    assertThat(refusal.reason()).startsWith("part 1 ");
  }

  @Test
  void endsAfterTheLastChunk() throws Exception {
    DocumentChunks chunks = of(document("Title", "Only."), false);
    chunks.next();
    assertThat(chunks.hasNext()).isFalse();
    Assertions.assertThrows(NoSuchElementException.class, chunks::next);
  }

  private static List<Chunk> chunks(Document document, boolean title) throws BadRecordException {
    List<Chunk> chunks = new ArrayList<>();
    of(document, title).forEachRemaining(chunks::add);
    return chunks;
  }

  private static DocumentChunks of(Document document, boolean title) throws BadRecordException {
    return DocumentChunks.of(document, tokenizer, "", SETTINGS, title);
  }

  private static Document document(String title, String... parts) {
    PartedText.Builder body = PartedText.builder();
    for (String part : parts) {
      body.add("opinion", null, part);
    }
    return new Document("cap:1", title, body.build(), new Object[0], new Object[0]);
  }
}
