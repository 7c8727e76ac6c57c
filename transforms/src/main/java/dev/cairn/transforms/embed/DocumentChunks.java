package dev.cairn.transforms.embed;

import dev.cairn.models.token.TextTokenizer;
import dev.cairn.transforms.record.BadRecordException;
import dev.cairn.transforms.record.Document;
import dev.cairn.transforms.text.Chunk;
import dev.cairn.transforms.text.ChunkSettings;
import dev.cairn.transforms.text.Chunker;
import dev.cairn.transforms.text.Part;
import dev.cairn.transforms.text.TextTokens;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** All chunks of one document, part after part, each with the text that is embedded for it. */
final class DocumentChunks implements Iterator<Chunk> {
  /** The share of a chunk's tokens that its context may take: a quarter. */
  private static final int CONTEXT_SHARE = 4;

  private final List<Chunker> parts;
  private final String context;
  private int at;

  private DocumentChunks(List<Chunker> parts, String context) {
    this.parts = parts;
    this.context = context;
  }

  /**
   * Starts cutting.
   *
   * @param titleContext true if each chunk is embedded behind the document's title
   * @throws BadRecordException if a part has no token, so that no chunk could cover it
   */
  static DocumentChunks of(
      Document document, TextTokenizer tokenizer, ChunkSettings settings, boolean titleContext)
      throws BadRecordException {
    String context =
        titleContext ? titleLine(document.title(), tokenizer, settings.maxTokens()) : "";
    int contextTokens = context.isEmpty() ? 0 : new TextTokens(tokenizer, "").count(context);
    List<Chunker> parts = new ArrayList<>();
    for (Part part : document.body().parts()) {
      String text = part.in(document.body().text());
      Chunker chunker =
          new Chunker(
              document.id(),
              parts.size(),
              part.charStart(),
              text,
              new TextTokens(tokenizer, text),
              settings,
              contextTokens);
      if (!chunker.hasNext()) {
        throw new BadRecordException(
            "no_tokens", "part " + parts.size() + " has no token (at least one a part)");
      }
      parts.add(chunker);
    }
    return new DocumentChunks(parts, context);
  }

  @Override
  public boolean hasNext() {
    while (at < parts.size() && !parts.get(at).hasNext()) {
      at++;
    }
    return at < parts.size();
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return parts.get(at).next();
  }

  /** The text to embed for a chunk. */
  String embedded(Chunk chunk) {
    return context + chunk.text();
  }

  /** The title cut before the first word that would exceed its share, and a line break. */
  private static String titleLine(String title, TextTokenizer tokenizer, int maxTokens) {
    TextTokens tokens = new TextTokens(tokenizer, title);
    int end = 0;
    int wordStart = 0;
    for (int count = 0; tokens.next(); count++) {
      if (!tokens.continuesWord()) {
        wordStart = tokens.start();
      }
      if (count == maxTokens / CONTEXT_SHARE) {
        return line(title.substring(0, wordStart));
      }
      end = tokens.end();
    }
    return line(title.substring(0, end));
  }

  private static String line(String text) {
    return text.isBlank() ? "" : text.strip() + "\n";
  }
}
